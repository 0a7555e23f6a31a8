package dev.tidings.backend.deadletters;

import dev.tidings.messaging.inbox.EventNames;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what arrives on the dead-letter topic: anything at all, since what nobody could read ends there too. The sidecar wraps the
 * raw record into an event of its own ({@code rawPayload}); it would get stuck on a record that is no JSON otherwise.
 */
final class ArrivalReader {
    private static final JsonMapper JSON = new JsonMapper();

    private ArrivalReader() {}

    /** @param key of the Kafka record */
    static DeadLetter.Arrival read(byte[] body, @Nullable String key) {
        byte[] original = unwrapped(body);
        JsonNode envelope = parse(original);
        String id = name(envelope.path("id"));
        String source = name(envelope.path("source"));
        String type = name(envelope.path("type"));
        String topic = name(envelope.path("topic"));
        return new DeadLetter.Arrival(
                source == null ? EventNames.UNKNOWN : source,
                id == null ? EventNames.fingerprint(original) : id,
                type == null ? EventNames.UNKNOWN : type,
                topic == null ? EventNames.UNKNOWN : topic,
                key == null || key.length() > EventNames.MAX_CHARS ? null : key,
                time(envelope.path("time")),
                name(envelope.path("data").path("correlationId")),
                new String(original, StandardCharsets.UTF_8).replace('\0', '\uFFFD'));
    }

    private static byte[] unwrapped(byte[] body) {
        JsonNode wrapper = parse(body);
        String data = wrapper.path("data_base64").asString("");
        try {
            return data.isEmpty() ? body : Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            return body;
        }
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
            return node.isString() ? OffsetDateTime.parse(node.stringValue()).toInstant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
