package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.Trail.OutboxFacts;
import dev.tidings.backend.journeys.Trail.OutboxFacts.Blocker;
import dev.tidings.backend.journeys.Trail.Publication;
import dev.tidings.backend.journeys.Verdict.Conclusion;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Concludes why an event is still in its outbox. Pure. */
final class OutboxVerdict {
    private OutboxVerdict() {}

    /**
     * @param sidecar complaint about the sidecar of the publisher; empty if it is well, or unknown
     * @param now current time
     * @param limit how long a publication may take
     */
    static Conclusion of(Publication event, OutboxFacts facts, String sidecar, Instant now, Duration limit) {
        Duration age = Duration.between(event.committedAt(), now);
        String committed = "It is committed in the outbox of %s, and not published for %d s:"
                .formatted(event.app(), Math.max(0, age.toSeconds()));
        if (facts.relays() == 0) {
            return Verdict.RELAY_STOPPED.because(
                    "%s no relay of %s holds a lease, so the service does not run.".formatted(committed, event.app()));
        }
        if (!sidecar.isEmpty()) {
            return Verdict.SIDECAR_DOWN.because(
                    "%s the sidecar of %s is down (%s).".formatted(committed, event.app(), sidecar));
        }
        Blocker blocker = facts.blocker();
        if (facts.failingKeys() > 1 || (facts.failingKeys() == 1 && event.attempts() == 0 && blocker == null)) {
            return Verdict.TOPIC_PAUSED.because(
                    "%s events of %d keys of topic %s are refused%s, so the relay pauses the topic."
                            .formatted(committed, facts.failingKeys(), event.topic(), reason(event, blocker)));
        }
        if (event.attempts() > 0) {
            return Verdict.EVENT_REFUSED.because("%s the broker refused this event %d times%s. Other keys continue."
                    .formatted(committed, event.attempts(), reason(event, blocker)));
        }
        if (blocker != null) {
            return Verdict.KEY_BLOCKED.because(
                    "%s it waits behind event %s of the same key %s, which was refused %d times%s."
                            .formatted(
                                    committed,
                                    blocker.eventId(),
                                    event.key(),
                                    blocker.attempts(),
                                    reason(event, blocker)));
        }
        if (age.compareTo(limit) <= 0) {
            return Verdict.PUBLISHING.because(committed + " the relay publishes it within a moment.");
        }
        return Verdict.SIDECAR_DOWN.because(
                "%s the sidecar of %s, or Kafka, accepts no events.".formatted(committed, event.app()));
    }

    private static String reason(Publication event, @Nullable Blocker blocker) {
        String error = event.lastError() != null ? event.lastError() : blocker == null ? null : blocker.lastError();
        return error == null ? "" : " (" + error + ")";
    }
}
