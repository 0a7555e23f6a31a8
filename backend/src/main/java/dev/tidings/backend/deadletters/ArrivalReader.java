package dev.tidings.backend.deadletters;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what arrives on the dead-letter topic: anything at all, since what nobody could read ends there too. The sidecar wraps the
 * raw record into an event of its own ({@code rawPayload}); it would get stuck on a record that is no JSON otherwise.
 */
final class ArrivalReader {
    private static final int MAX_NAME = 256;
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
                source == null ? DeadLetter.UNKNOWN : source,
                id == null ? fingerprint(original) : id,
                type == null ? DeadLetter.UNKNOWN : type,
                topic == null ? DeadLetter.UNKNOWN : topic,
                key == null || key.length() > MAX_NAME ? null : key,
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
        String text = node.isString() ? node.stringValue() : "";
        return text.isBlank() || text.length() > MAX_NAME || text.codePoints().anyMatch(Character::isISOControl)
                ? null
                : text;
    }

    private static @Nullable Instant time(JsonNode node) {
        try {
            return node.isString() ? OffsetDateTime.parse(node.stringValue()).toInstant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** As the workers name what has no id. */
    private static String fingerprint(byte[] bytes) {
        try {
            return "sha256-"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
