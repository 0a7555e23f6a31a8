package dev.tidings.workers.runtime;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event, read.
 *
 * @param source the CloudEvent's; with {@code id} it names the event
 * @param type wire name of the event type
 * @param key partition key
 * @param time when it was written
 * @param correlationId id of the payment that the flow began with, where the event names one
 */
public record Delivery<T>(
        String source,
        String id,
        String type,
        String topic,
        @Nullable String key,
        Instant time,
        @Nullable String correlationId,
        T payload) {
    /** {@link UUID#fromString} is content with less. */
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /**
     * An id in the payload.
     *
     * @throws MalformedPayloadException if it is none; the event then goes to the dead letters
     */
    public static UUID uuid(String field, String text) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw new MalformedPayloadException("its %s is no UUID".formatted(field));
        }
        return UUID.fromString(text);
    }
}
