package dev.tidings.messaging.outbox;

import java.nio.charset.StandardCharsets;

/**
 * An event that is stored in the outbox.
 *
 * @param topic Kafka topic
 * @param key partition key: the user or aggregate whose events must stay in order
 * @param type wire name of the event type
 * @param payload a JSON document
 */
public record OutboxEvent(String topic, String key, String type, String payload) {
    /** Far below the limit of the broker and the subscribers (1 MiB, envelope included). */
    public static final int MAX_PAYLOAD_BYTES = 256 * 1024;

    private static final int MAX_TOPIC_CHARS = 249;
    private static final int MAX_KEY_CHARS = 256;
    private static final int MAX_TYPE_CHARS = 128;

    public OutboxEvent {
        requireLength("topic", topic, MAX_TOPIC_CHARS);
        requireLength("key", key, MAX_KEY_CHARS);
        requireLength("type", type, MAX_TYPE_CHARS);
        int bytes = payload.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "the payload of this %s has %d bytes; the limit is %d".formatted(type, bytes, MAX_PAYLOAD_BYTES));
        }
    }

    private static void requireLength(String name, String text, int max) {
        if (text.isEmpty() || text.length() > max || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "an event's %s has 1 to %d characters and no NUL, not %d".formatted(name, max, text.length()));
        }
    }
}
