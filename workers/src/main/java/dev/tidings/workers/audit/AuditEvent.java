package dev.tidings.workers.audit;

import dev.tidings.sidecar.EventNames;
import dev.tidings.sidecar.ReceivedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An entry of the audit log. Every record can be written as one.
 *
 * @param who the user who acted or, if the event does not name one, whom it concerns
 * @param occurredAt when the event was written, else when it was received
 * @param payload the event's data as JSON; if the record is not a CloudEvent, all of it as one JSON text
 */
record AuditEvent(
        String topic,
        String source,
        String id,
        String type,
        @Nullable String who,
        Instant occurredAt,
        String payload) {

    /** The fields that name users: first those who act, then those whom an event concerns. */
    private static final List<String> USERS =
            List.of("changedBy", "userId", "user_id", "buyerId", "studentId", "trainerId");

    private static final JsonMapper JSON = JsonMapper.shared();

    static AuditEvent of(ReceivedEvent event) {
        if (event.fault() != null) {
            return new AuditEvent(
                    event.topic(),
                    EventNames.UNKNOWN,
                    EventNames.fingerprint(event.bytes()),
                    EventNames.UNKNOWN,
                    null,
                    event.receivedAt(),
                    storable(JSON.writeValueAsString(new String(event.bytes(), StandardCharsets.UTF_8))));
        }
        JsonNode data = event.data();
        return new AuditEvent(
                event.topic(),
                event.source(),
                event.id(),
                event.type(),
                who(data),
                event.timeOrArrival(),
                storable(JSON.writeValueAsString(
                        data.isMissingNode() ? event.envelope().path("data_base64") : data)));
    }

    private static @Nullable String who(JsonNode data) {
        for (String field : USERS) {
            String user = EventNames.name(data.path(field));
            if (user != null) {
                return user;
            }
        }
        return null;
    }

    /** Replaces unpaired surrogates, which UTF-8 cannot hold. */
    private static String storable(String json) {
        return new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
