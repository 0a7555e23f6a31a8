package dev.tidings.workers.audit;

import dev.tidings.messaging.inbox.EventNames;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An entry of the audit log. Any record of a topic can be represented as an entry.
 *
 * @param who user who caused the event or, if the event does not name one, the user it is about
 * @param type type of the event
 * @param occurredAt time of the event or, if it has none, of its arrival
 * @param payload data of the event, JSON; the whole record as a JSON string if it is not a CloudEvent
 */
record AuditEvent(
        String topic,
        String source,
        String id,
        String type,
        @Nullable String who,
        Instant occurredAt,
        String payload) {

    /** Fields with user ids: first the user who caused the event, then the user it is about. */
    private static final List<String> USERS =
            List.of("changedBy", "userId", "user_id", "buyerId", "studentId", "trainerId");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(500).build())
                    .build())
            // Keeps the digits of amounts.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static AuditEvent of(String topic, byte[] bytes, Instant now) {
        JsonNode envelope = parsed(bytes);
        String id = name(envelope.path("id"));
        String source = name(envelope.path("source"));
        if (id == null || source == null) {
            return new AuditEvent(
                    topic,
                    EventNames.UNKNOWN,
                    EventNames.fingerprint(bytes),
                    EventNames.UNKNOWN,
                    null,
                    now,
                    quoted(bytes));
        }
        JsonNode data = envelope.path("data");
        String type = name(envelope.path("type"));
        return new AuditEvent(
                topic,
                source,
                id,
                type == null ? EventNames.UNKNOWN : type,
                who(data),
                time(envelope.path("time"), now),
                storable(JSON.writeValueAsString(data.isMissingNode() ? envelope.path("data_base64") : data)));
    }

    private static @Nullable String who(JsonNode data) {
        for (String field : USERS) {
            String user = name(data.path(field));
            if (user != null) {
                return user;
            }
        }
        return null;
    }

    private static JsonNode parsed(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    private static @Nullable String name(JsonNode node) {
        return node.isString() ? EventNames.name(node.stringValue()) : null;
    }

    private static Instant time(JsonNode node, Instant otherwise) {
        try {
            Instant time =
                    node.isString() ? OffsetDateTime.parse(node.stringValue()).toInstant() : otherwise;
            boolean isStorable = time.isAfter(Instant.EPOCH) && time.isBefore(Instant.parse("9999-12-31T00:00:00Z"));
            return isStorable ? time : otherwise;
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    private static String quoted(byte[] bytes) {
        return storable(JSON.writeValueAsString(new String(bytes, StandardCharsets.UTF_8)));
    }

    /** Replaces unpaired surrogates, which have no UTF-8 form. */
    private static String storable(String json) {
        return new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
