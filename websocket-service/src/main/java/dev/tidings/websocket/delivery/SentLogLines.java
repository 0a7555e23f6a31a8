package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.LoggedEvent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Logs each event that is sent to a user (R-WS-10): one line for every event, and a second one if the route of its
 * message type has a {@code sent-log-line}. {@code {user}} in that line is replaced by the user id.
 */
final class SentLogLines {
    private static final Logger log = LoggerFactory.getLogger("dev.tidings.websocket.delivery.Emitted");

    private final Map<String, String> byMessageType;

    /** The two fields of a route that this class needs. */
    record RouteLogLine(String messageType, @Nullable String sentLogLine) {}

    /** @param byMessageType the additional lines */
    SentLogLines(Map<String, String> byMessageType) {
        this.byMessageType = Map.copyOf(byMessageType);
    }

    /** Reads the additional lines from the routing table. */
    static SentLogLines of(Environment environment) {
        Map<String, String> lines = new HashMap<>();
        Binder.get(environment)
                .bind("tidings.routes", Bindable.mapOf(String.class, RouteLogLine.class))
                .orElse(Map.of())
                .values()
                .forEach(route -> {
                    if (route.sentLogLine() != null) {
                        lines.put(route.messageType(), route.sentLogLine());
                    }
                });
        return new SentLogLines(lines);
    }

    void log(String userId, LoggedEvent event) {
        log.info("[WebSocket] Emitting event to user {}: {}", userId, event.eventType(), event);
        String line = byMessageType.get(event.messageType());
        if (line != null && log.isInfoEnabled()) {
            log.info("{}", line.replace("{user}", userId), event);
        }
    }
}
