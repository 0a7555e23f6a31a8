package dev.tidings.backend.deadletters;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tidings.events.Timestamps;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a dead letter.
 *
 * @param source source of the event
 * @param consumer app id of the worker that failed; null if no worker has processed or rejected the event
 */
record DeadLetterView(
        String id,
        @Nullable String consumer,
        String topic,
        String eventType,
        String eventId,
        String source,
        @Nullable String correlationId,
        @Nullable String key,
        String error,
        int attempts,
        String status,
        int replays,
        String receivedAt,
        String changedAt) {

    static DeadLetterView of(DeadLetter letter) {
        return new DeadLetterView(
                letter.id().toString(),
                letter.consumer(),
                letter.topic(),
                letter.eventType(),
                letter.eventId(),
                letter.eventSource(),
                letter.correlationId(),
                letter.eventKey(),
                letter.error(),
                letter.attempts(),
                letter.status(),
                letter.replays(),
                Timestamps.format(letter.receivedAt()),
                Timestamps.format(letter.changedAt()));
    }

    /** @param event the CloudEvent as received, without the values of masked fields; a string, because it may be malformed JSON */
    record Details(@JsonUnwrapped DeadLetterView letter, String event, List<ActionView> actions) {

        static Details of(DeadLetter letter, String event, List<DeadLetter.DeadLetterAction> actions) {
            return new Details(
                    DeadLetterView.of(letter),
                    event,
                    actions.stream().map(ActionView::of).toList());
        }
    }

    record ActionView(
            String at,
            String actor,
            String action,
            @Nullable String result) {
        static ActionView of(DeadLetter.DeadLetterAction action) {
            return new ActionView(time(action.at()), action.actor(), action.action(), action.result());
        }
    }

    /**
     * The result of a replay.
     *
     * @param status status of the dead letter after the replay: replayed, or open if it failed again
     * @param laterEventsProcessed number of later events of the same key that the consumer had already processed, out of order
     */
    record Replay(String id, String status, @Nullable String error, int laterEventsProcessed) {}

    private static String time(Instant instant) {
        return Timestamps.format(instant);
    }
}
