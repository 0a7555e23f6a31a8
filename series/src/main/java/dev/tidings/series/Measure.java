package dev.tidings.series;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is recorded: the meters that together show the way of an event. A service that lacks a meter records nothing for it. */
public enum Measure {
    /** Events that the broker has confirmed, by event type. */
    PUBLISHED("published", MeterKind.COUNTER, "tidings.outbox.published", "type"),
    /** Events in the outbox that are not published. All replicas measure the same outbox. */
    WAITING("waiting", MeterKind.GAUGE, "tidings.outbox.backlog", null),
    /** Age of the oldest of them, in seconds. */
    OLDEST("oldest", MeterKind.GAUGE, "tidings.outbox.oldest.age", null),
    /** Ordering keys whose first event was refused. */
    BLOCKED("blocked", MeterKind.GAUGE, "tidings.outbox.keys.blocked", null),
    /** Events that a worker is done with, by event type; retries do not count. */
    TAKEN("taken", MeterKind.COUNTER, "tidings.worker.events", "type") {
        @Override
        boolean counts(@Nullable String result) {
            return result != null && DONE.contains(result);
        }
    },
    /** Time from the emission of an event to the commit of a worker's effect. */
    EFFECT("effect", MeterKind.TIMER, "tidings.worker.latency", null),
    /** Events that the audit log has recorded. */
    AUDITED("audited", MeterKind.COUNTER, "tidings.audit.recorded", null),
    /** Events that were appended to the log. */
    LOGGED("logged", MeterKind.COUNTER, "tidings.ingest.events", null),
    /** Events that went into quarantine. */
    QUARANTINED("quarantined", MeterKind.COUNTER, "tidings.ingest.rejected", null),
    /** Time from the commit at the publisher to the commit in the log. */
    INGEST("ingest", MeterKind.TIMER, "tidings.ingest.latency", null),
    CONNECTIONS("connections", MeterKind.GAUGE, "tidings.websocket.connections", null),
    USERS("users", MeterKind.GAUGE, "tidings.websocket.users", null),
    /** Messages in the queues of connections. */
    QUEUED("queued", MeterKind.GAUGE, "tidings.websocket.queue.depth", null),
    SENT("sent", MeterKind.COUNTER, "tidings.websocket.messages.sent", null),
    ACKNOWLEDGED("acknowledged", MeterKind.COUNTER, "tidings.websocket.acknowledged", null),
    SLOW("slow", MeterKind.COUNTER, "tidings.websocket.slow.consumers", null),
    /** Time from the commit in the log to the end of the write to an open connection. */
    SCREEN("screen", MeterKind.TIMER, "tidings.websocket.delivery.latency", null),
    DEAD_LETTERS("deadLetters", MeterKind.COUNTER, "tidings.dead.letters", null),
    /** Requests that were refused because the service was at its limits (429, 503). */
    REFUSED("refused", MeterKind.COUNTER, "tidings.edge.refused", null);

    enum MeterKind {
        COUNTER,
        GAUGE,
        TIMER
    }

    /** Results of {@code tidings.worker.events} after which the event does not come again. */
    private static final List<String> DONE = List.of("processed", "duplicate", "permanent");

    private final String key;
    private final MeterKind kind;
    private final String meter;
    private final @Nullable String tag;

    Measure(String key, MeterKind kind, String meter, @Nullable String tag) {
        this.key = key;
        this.kind = kind;
        this.meter = meter;
        this.tag = tag;
    }

    /** The name in answers; after a slash follows the value of the tag, or the upper bound of a bucket in ms. */
    public String key() {
        return key;
    }

    /** The key of one value of the tag. */
    public String key(String tagValue) {
        return key + "/" + tagValue;
    }

    MeterKind kind() {
        return kind;
    }

    String meter() {
        return meter;
    }

    /** The tag whose values are recorded one by one; null to record the sum. */
    @Nullable
    String tag() {
        return tag;
    }

    /** @param result tag of the meter, null if it has none */
    boolean counts(@Nullable String result) {
        return true;
    }
}
