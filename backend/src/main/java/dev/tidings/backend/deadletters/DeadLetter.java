package dev.tidings.backend.deadletters;

import dev.tidings.sidecar.EventNames;
import dev.tidings.sidecar.ReceivedEvent;
import java.nio.charset.StandardCharsets;
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

    /** The event of a dead letter, with stand-ins for what cannot be read. */
    record FailedEvent(
            String eventSource,
            String eventId,
            String eventType,
            String topic,
            @Nullable String eventKey,
            @Nullable Instant eventTime,
            @Nullable String correlationId,
            String event) {

        static FailedEvent of(ReceivedEvent letter) {
            String event = text(letter);
            String topic = EventNames.name(letter.forwardedFrom());
            topic = topic == null ? letter.attribute("topic") : topic;
            return new FailedEvent(
                    letter.source(),
                    letter.hasOwnId() ? letter.id() : fingerprint(event),
                    letter.type(),
                    topic == null ? EventNames.UNKNOWN : topic,
                    letter.key(),
                    letter.time(),
                    letter.correlationId(),
                    event);
        }

        /** Returns an event without any attribute of its own. */
        static FailedEvent ofBytes(ReceivedEvent letter) {
            String event = text(letter);
            return new FailedEvent(
                    EventNames.UNKNOWN,
                    fingerprint(event),
                    EventNames.UNKNOWN,
                    EventNames.UNKNOWN,
                    null,
                    null,
                    null,
                    event);
        }

        /** Returns the id that a worker gives to the stored text when it is delivered again. */
        private static String fingerprint(String event) {
            return EventNames.fingerprint(event.getBytes(StandardCharsets.UTF_8));
        }

        private static String text(ReceivedEvent letter) {
            return new String(letter.bytes(), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
        }
    }

    FailedEvent failedEvent() {
        return new FailedEvent(eventSource, eventId, eventType, topic, eventKey, eventTime, correlationId, event);
    }

    /** @param result result of a replay; null for other actions */
    record DeadLetterAction(
            Instant at,
            String actor,
            String action,
            @Nullable String result) {}

    boolean isDiscarded() {
        return status.equals("discarded");
    }
}
