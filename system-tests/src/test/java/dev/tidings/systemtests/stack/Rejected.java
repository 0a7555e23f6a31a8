package dev.tidings.systemtests.stack;

import java.net.URI;
import java.util.Optional;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** The events that the WebSocket service quarantined, as an operator sees them. */
public final class Rejected {

    private final URI api;
    private final String operatorsToken;

    Rejected(URI replica, String operatorsToken) {
        this.api = replica.resolve("/api/v1/admin/rejected-events");
        this.operatorsToken = operatorsToken;
    }

    public Http.Answer list(String token) {
        return Http.get(api, token);
    }

    /** Waits until the event with that id is among them. */
    public JsonNode await(String eventId) {
        return Awaitility.await("rejected event " + eventId)
                .until(() -> find(eventId), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<JsonNode> find(String eventId) {
        return Pages.items(api, operatorsToken).stream()
                .filter(event -> event.path("eventId").asString("").equals(eventId))
                .findFirst();
    }
}
