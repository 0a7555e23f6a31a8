package dev.tidings.messaging.publishing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to the bus.
 *
 * @param id the same at every attempt; consumers recognise a repeat by (source, id)
 * @param key events of one topic and key are consumed in the order they were published
 * @param type wire name of the event type
 * @param payload a JSON document
 * @param traceparent W3C trace context of what caused the event
 * @param time when it was written
 */
public record OutgoingEvent(
        UUID id,
        String topic,
        String key,
        String type,
        String payload,
        @Nullable String traceparent,
        Instant time) {}
