package dev.tidings.systemtests.stack;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A list of the API that comes in pages. */
public final class Pages {

    private Pages() {}

    /** Returns the items of all pages, in the order of the API. The list may be longer than a page while other tests run. */
    public static List<JsonNode> items(URI list, String token) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    Http.get(URI.create(list + "?limit=100" + cursor), token).json();
            page.path("items").forEach(items::add);
            String next = page.path("nextCursor").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return items;
    }
}
