package dev.tidings.backend.deadletters;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that a worker gave up on.
 *
 * @param consumer app id of the worker; null if no worker has processed or rejected the event
 * @param event the CloudEvent as received
 * @param status open, replayed or discarded
 * @param replays number of replays
 */
record DeadLetter(
        UUID id,
        String eventSource,
        String eventId,
        String eventType,
        String topic,
        @Nullable String eventKey,
        @Nullable Instant eventTime,
        @Nullable String correlationId,
        @Nullable String consumer,
        String error,
        int attempts,
        String event,
        String status,
        Instant receivedAt,
        Instant changedAt,
        int replays) {

    /** The fields of a received event. */
    record Arrival(
            String eventSource,
            String eventId,
            String eventType,
            String topic,
            @Nullable String eventKey,
            @Nullable Instant eventTime,
            @Nullable String correlationId,
            String event) {}

    Arrival arrival() {
        return new Arrival(eventSource, eventId, eventType, topic, eventKey, eventTime, correlationId, event);
    }

    /** @param result result of a replay; null for other actions */
    record Action(
            Instant at,
            String actor,
            String action,
            @Nullable String result) {}

    boolean isDiscarded() {
        return status.equals("discarded");
    }
}
