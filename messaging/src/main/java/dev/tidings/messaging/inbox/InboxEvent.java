package dev.tidings.messaging.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the inbox keeps of an event.
 *
 * @param source the CloudEvent's
 * @param id the CloudEvent's; with the source it names the event
 * @param correlationId id of the payment that the flow began with, where the event names one
 * @param key partition key, where the bus gave one
 * @param time the CloudEvent's
 */
public record InboxEvent(
        String source,
        String id,
        String type,
        @Nullable String correlationId,
        String topic,
        @Nullable String key,
        Instant time) {}
