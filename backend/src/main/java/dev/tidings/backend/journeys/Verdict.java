package dev.tidings.backend.journeys;

import static dev.tidings.backend.journeys.Verdict.Outcome.HAS_ARRIVED;
import static dev.tidings.backend.journeys.Verdict.Outcome.NOT_DELIVERED;
import static dev.tidings.backend.journeys.Verdict.Outcome.ON_THE_WAY;
import static dev.tidings.backend.journeys.Verdict.Outcome.UNKNOWN;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The closed list of verdicts: why a screen did not update. Each has the first stage that was not reached, an outcome, and the next
 * thing to do. {@code docs/operations/troubleshooting.md} lists them; a test compares both.
 */
enum Verdict {
    DELIVERED(
            null,
            HAS_ARRIVED,
            "If a screen does not show it, the handler or the refetch of its client failed: read the log of the page."),
    NOT_FOR_SCREENS(null, HAS_ARRIVED, "Look at the events that it caused: screens receive those."),
    SENT(null, ON_THE_WAY, "Wait for the acknowledgement, and ask again."),
    PUBLISHING(Stage.PUBLISHED, ON_THE_WAY, "Wait a moment, and ask again."),
    CONSUMING(Stage.LOGGED, ON_THE_WAY, "Wait a moment, and ask again."),
    PUSHING(Stage.PUSHED, ON_THE_WAY, "Wait a moment, and ask again."),
    NO_EVENT_YET(Stage.COMMITTED, ON_THE_WAY, "Look whether the step before it is done: a payment must be confirmed."),
    WAITING_FOR_TRAINER(
            Stage.CONSUMED,
            ON_THE_WAY,
            "Add a trainer who can teach the course at that time: the purchase continues by itself within seconds."),
    RELAY_STOPPED(
            Stage.PUBLISHED,
            NOT_DELIVERED,
            "Start the service, and read its log: its relay publishes what has waited."),
    SIDECAR_DOWN(
            Stage.PUBLISHED,
            NOT_DELIVERED,
            "Start the sidecar, and check that Kafka is up: the relay publishes what has waited."),
    EVENT_REFUSED(
            Stage.PUBLISHED,
            NOT_DELIVERED,
            "Correct the cause in the error. If the event itself is wrong, delete its row from the outbox: its key continues."),
    KEY_BLOCKED(
            Stage.PUBLISHED,
            NOT_DELIVERED,
            "Look at the event that is refused: its key continues once it is published or deleted."),
    TOPIC_PAUSED(
            Stage.PUBLISHED,
            NOT_DELIVERED,
            "Check that the topic exists, that the sidecar may publish to it, and that Kafka is up: the relay retries by itself."),
    WORKER_FAILING(
            Stage.CONSUMED,
            ON_THE_WAY,
            "Read the log of the worker: it retries, and then the event becomes a dead letter."),
    DEAD_LETTERED(Stage.CONSUMED, NOT_DELIVERED, "Correct the cause, then replay the dead letter, or discard it."),
    DISCARDED(Stage.CONSUMED, NOT_DELIVERED, "Nothing: an operator discarded the dead letter."),
    WORKER_LAGGING(
            Stage.CONSUMED,
            NOT_DELIVERED,
            "Check that the worker and its sidecar run, and the lag of its consumer group."),
    WEBSOCKET_SILENT(
            Stage.LOGGED, NOT_DELIVERED, "Check the health of the WebSocket service and its sidecars, and ask again."),
    WRONG_RECIPIENT(
            Stage.LOGGED,
            NOT_DELIVERED,
            "Correct the publisher: the event must name its user in the fields of its topic. Publish it again with a new id."),
    REJECTED(Stage.LOGGED, NOT_DELIVERED, "Correct its publisher, and publish it again with a new id."),
    SUBSCRIPTION_MISSING(
            Stage.LOGGED,
            NOT_DELIVERED,
            "Add the topic to subscriptionScopes of the component pubsub, and restart the sidecar of the WebSocket service."),
    DATABASE_SLOW(
            Stage.LOGGED,
            NOT_DELIVERED,
            "Look for the lock or the load in pg_stat_activity: the event continues by itself afterwards."),
    CONSUMER_LAGGING(
            Stage.LOGGED,
            NOT_DELIVERED,
            "Check the lag of the consumer group websocket-service, its sidecars and its log."),
    EXPIRED(Stage.LOGGED, UNKNOWN, "Nothing: what happened to it is no longer stored. The audit log has its content."),
    USER_OFFLINE(
            Stage.PUSHED,
            NOT_DELIVERED,
            "Nothing: a client that resumes with its cursor or polls receives it; a client without a cursor loads the current state."),
    TOKEN_EXPIRED(
            Stage.PUSHED,
            NOT_DELIVERED,
            "Let the user sign in again. If it happens to many, look at the renewal of tokens in the page."),
    CONNECTION_LOST(
            Stage.PUSHED,
            NOT_DELIVERED,
            "Nothing, if the client reconnects: it resumes with its cursor and receives the event."),
    CLIENT_SLOW(
            Stage.PUSHED,
            NOT_DELIVERED,
            "Look at the network and the load of the device. The rest is read from the log as it catches up."),
    PAGE_FROZEN(
            Stage.ACKNOWLEDGED,
            NOT_DELIVERED,
            "Let the user bring the page to the front, or reload it: its scripts do not run."),
    NOT_ACKNOWLEDGED(
            Stage.ACKNOWLEDGED,
            NOT_DELIVERED,
            "Look at the client: it runs, but sends no acknowledgement. Update its library, and read its log for errors.");

    /** How far the event is, for the exit code of {@code ./run why}. */
    enum Outcome {
        HAS_ARRIVED("delivered"),
        ON_THE_WAY("on_the_way"),
        NOT_DELIVERED("not_delivered"),
        /** What happened is not stored any more. */
        UNKNOWN("unknown");

        private final String wireName;

        Outcome(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    private final @Nullable Stage stoppedAt;
    private final Outcome outcome;
    private final String next;

    Verdict(@Nullable Stage stoppedAt, Outcome outcome, String next) {
        this.stoppedAt = stoppedAt;
        this.outcome = outcome;
        this.next = next;
    }

    /** Returns the first stage that was not reached; null if all were. */
    @Nullable
    Stage stoppedAt() {
        return stoppedAt;
    }

    Outcome outcome() {
        return outcome;
    }

    /** Returns the next thing to do. */
    String next() {
        return next;
    }

    /** Returns the name in the API. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    Conclusion because(String cause) {
        return new Conclusion(this, cause);
    }

    /**
     * A verdict about one event, flow or user.
     *
     * @param cause sentences with the facts
     */
    record Conclusion(Verdict verdict, String cause) {
        boolean isDelivered() {
            return verdict.outcome == HAS_ARRIVED;
        }

        /** Returns whether it stopped before it came to the screens. */
        boolean isBeforeScreens() {
            return verdict.stoppedAt != null && verdict.stoppedAt.compareTo(Stage.LOGGED) <= 0;
        }

        Conclusion and(String more) {
            return more.isEmpty() ? this : new Conclusion(verdict, cause + " " + more);
        }

        FindingView view() {
            return new FindingView(
                    verdict.wireName(),
                    verdict.outcome.wireName(),
                    verdict.stoppedAt == null ? null : verdict.stoppedAt.wireName(),
                    cause,
                    verdict.next);
        }
    }

    /** A conclusion as the API shows it. */
    record FindingView(
            String code, String outcome, @Nullable String stoppedAt, String cause, String next) {
        /** Returns cause and next step in one text. */
        String verdict() {
            return cause + " " + next;
        }
    }
}
