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
 * An event as it is written down. There is none that cannot be.
 *
 * @param who did it or, where the event does not say so, whom it concerns
 * @param type what happened
 * @param occurredAt as the event says, else when it came
 * @param payload its data, JSON; all of it, as one JSON text, if it is no CloudEvent
 */
record AuditEvent(
        String topic,
        String source,
        String id,
        String type,
        @Nullable String who,
        Instant occurredAt,
        String payload) {

    /** The one that acted first, then the one it is about. */
    private static final List<String> USERS =
            List.of("changedBy", "userId", "user_id", "buyerId", "studentId", "trainerId");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(500).build())
                    .build())
            // Amounts are written down as they came.
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

    /** Halves of characters have no place in UTF-8. */
    private static String storable(String json) {
        return new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
