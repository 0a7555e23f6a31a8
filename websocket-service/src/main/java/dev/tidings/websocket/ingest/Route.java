package dev.tidings.websocket.ingest;

import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.core.JsonPointer;

/**
 * What becomes of the events of a topic: one row of the routing table. A new topic needs a row, no code.
 *
 * @param messageType {@code type} of the message to clients
 * @param messageTypes the same for single event types
 * @param eventType where in the payload the event type may stand, first hit; else it is the CloudEvent's {@code type}
 * @param pushed the event types that clients get; empty for all
 * @param recipients where in the payload ids of recipients, or lists of them, may stand; all hits count
 * @param roleAddresses event type → the role it is addressed to if it names no recipient. A {@code role} in the payload
 *     is never an address (R-WS-14)
 * @param alsoRole a role that gets every event of the topic beside its recipients
 * @param publishers CloudEvent sources that may publish here; empty for any
 * @param logLine logged for each event, with JSON pointers in braces
 */
record Route(
        @NotBlank String topic,
        @NotBlank String messageType,
        @DefaultValue Map<String, String> messageTypes,
        @DefaultValue List<JsonPointer> eventType,
        @DefaultValue Set<String> pushed,
        @DefaultValue List<JsonPointer> recipients,
        @DefaultValue Map<String, String> roleAddresses,
        @Nullable String alsoRole,
        @DefaultValue Set<String> publishers,
        @Nullable String logLine) {

    boolean pushes(String type) {
        return pushed.isEmpty() || pushed.contains(type);
    }

    boolean mayPublish(String source) {
        return publishers.isEmpty() || publishers.contains(source);
    }

    String messageTypeOf(String type) {
        return messageTypes.getOrDefault(type, messageType);
    }
}
