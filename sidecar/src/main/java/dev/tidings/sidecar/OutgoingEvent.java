package dev.tidings.sidecar;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event to be published.
 *
 * @param id the same at every attempt; consumers recognize a duplicate by source and id
 * @param key the partition key; events of one topic and key are consumed in the order in which they were published
 * @param type the wire name of the event type
 * @param payload a JSON document
 * @param traceparent the W3C trace context of the event's cause
 * @param time when the event was written
 */
public record OutgoingEvent(
        UUID id,
        String topic,
        String key,
        String type,
        String payload,
        @Nullable String traceparent,
        Instant time) {

    /** Returns the event with another trace context. */
    OutgoingEvent inTrace(@Nullable String context) {
        return new OutgoingEvent(id, topic, key, type, payload, context, time);
    }
}
