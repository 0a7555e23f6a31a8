package dev.tidings.messaging.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event that the inbox stores.
 *
 * @param source {@code source} of the CloudEvent
 * @param id {@code id} of the CloudEvent; (source, id) identifies the event
 * @param correlationId id of the payment that started the flow; null if the event has none
 * @param key partition key; null if the record has none
 * @param time {@code time} of the CloudEvent
 */
public record InboxEvent(
        String source,
        String id,
        String type,
        @Nullable String correlationId,
        String topic,
        @Nullable String key,
        Instant time) {}
