package dev.tidings.websocket.ingest;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts from outside in log lines: one line each, cut, whatever they hold. */
final class LogText {
    private static final int MAX = 256;
    private static final Pattern FIELD = Pattern.compile("\\{(/[^}]*)}");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LogText() {}

    static String safe(@Nullable String text) {
        if (text == null) {
            return "-";
        }
        return text.substring(0, Math.min(text.length(), MAX)).replaceAll("\\p{Cntrl}", "?");
    }

    /** The template with the JSON pointers in its braces replaced by what they point at. */
    static String fill(String template, String data) {
        JsonNode payload = JSON.readTree(data);
        return FIELD.matcher(template)
                .replaceAll((MatchResult field) ->
                        Matcher.quoteReplacement(safe(payload.at(field.group(1)).asString("-"))));
    }
}
