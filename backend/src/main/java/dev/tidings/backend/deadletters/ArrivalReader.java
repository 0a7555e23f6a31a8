package dev.tidings.backend.deadletters;

import dev.tidings.messaging.inbox.EventNames;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what arrives on the dead-letter topic: anything at all, since what nobody could read ends there too. */
final class ArrivalReader {
    private static final JsonMapper JSON = new JsonMapper();

    private ArrivalReader() {}

    /**
     * @param key of the Kafka record
     * @param forwardedFrom the topic where a sidecar gave the event up; null if it is not known
     */
    static DeadLetter.Arrival read(byte[] event, @Nullable String key, @Nullable String forwardedFrom) {
        String text = text(event);
        JsonNode envelope = parse(event);
        String id = name(envelope.path("id"));
        String source = name(envelope.path("source"));
        String type = name(envelope.path("type"));
        String topic = EventNames.name(forwardedFrom);
        topic = topic == null ? name(envelope.path("topic")) : topic;
        return new DeadLetter.Arrival(
                source == null ? EventNames.UNKNOWN : source,
                id == null ? fingerprint(text) : id,
                type == null ? EventNames.UNKNOWN : type,
                topic == null ? EventNames.UNKNOWN : topic,
                EventNames.name(key),
                time(envelope.path("time")),
                name(envelope.path("data").path("correlationId")),
                text);
    }

    /** Of the bytes alone. */
    static DeadLetter.Arrival unread(byte[] event) {
        return new DeadLetter.Arrival(
                EventNames.UNKNOWN,
                fingerprint(text(event)),
                EventNames.UNKNOWN,
                EventNames.UNKNOWN,
                null,
                null,
                null,
                text(event));
    }

    /** Of what is delivered again, so that a worker gives it the same id. */
    private static String fingerprint(String text) {
        return EventNames.fingerprint(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] event) {
        return new String(event, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    private static @Nullable String name(JsonNode node) {
        return node.isString() ? EventNames.name(node.stringValue()) : null;
    }

    private static @Nullable Instant time(JsonNode node) {
        try {
            return node.isString()
                    ? EventNames.time(OffsetDateTime.parse(node.stringValue()).toInstant())
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
