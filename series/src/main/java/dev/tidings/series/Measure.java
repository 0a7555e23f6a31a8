package dev.tidings.series;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is recorded: the meters that together show the way of an event. A service that lacks a meter records nothing for it. */
public enum Measure {
    /** Events that the broker has confirmed, by event type. */
    PUBLISHED("published", Kind.COUNTER, "tidings.outbox.published", "type"),
    /** Events in the outbox that are not published. All replicas measure the same outbox. */
    WAITING("waiting", Kind.GAUGE, "tidings.outbox.backlog", null),
    /** Age of the oldest of them, in seconds. */
    OLDEST("oldest", Kind.GAUGE, "tidings.outbox.oldest.age", null),
    /** Ordering keys whose first event was refused. */
    BLOCKED("blocked", Kind.GAUGE, "tidings.outbox.keys.blocked", null),
    /** Events that a worker is done with, by event type; retries do not count. */
    TAKEN("taken", Kind.COUNTER, "tidings.worker.events", "type") {
        @Override
        boolean counts(@Nullable String result) {
            return result != null && DONE.contains(result);
        }
    },
    /** Time from the emission of an event to the commit of a worker's effect. */
    EFFECT("effect", Kind.TIMER, "tidings.worker.latency", null),
    /** Events that the audit log has recorded. */
    AUDITED("audited", Kind.COUNTER, "tidings.audit.recorded", null),
    /** Events that were appended to the log. */
    LOGGED("logged", Kind.COUNTER, "tidings.ingest.events", null),
    /** Events that went into quarantine. */
    QUARANTINED("quarantined", Kind.COUNTER, "tidings.ingest.rejected", null),
    /** Time from the commit at the publisher to the commit in the log. */
    INGEST("ingest", Kind.TIMER, "tidings.ingest.latency", null),
    CONNECTIONS("connections", Kind.GAUGE, "tidings.websocket.connections", null),
    USERS("users", Kind.GAUGE, "tidings.websocket.users", null),
    /** Messages in the queues of connections. */
    QUEUED("queued", Kind.GAUGE, "tidings.websocket.queue.depth", null),
    SENT("sent", Kind.COUNTER, "tidings.websocket.messages.sent", null),
    ACKNOWLEDGED("acknowledged", Kind.COUNTER, "tidings.websocket.acknowledged", null),
    SLOW("slow", Kind.COUNTER, "tidings.websocket.slow.consumers", null),
    /** Time from the commit in the log to the end of the write to an open connection. */
    SCREEN("screen", Kind.TIMER, "tidings.websocket.delivery.latency", null),
    DEAD_LETTERS("deadLetters", Kind.COUNTER, "tidings.dead.letters", null),
    /** Requests that were refused because the service was at its limits (429, 503). */
    REFUSED("refused", Kind.COUNTER, "tidings.edge.refused", null);

    enum Kind {
        COUNTER,
        GAUGE,
        TIMER
    }

    /** Results of {@code tidings.worker.events} after which the event does not come again. */
    private static final List<String> DONE = List.of("processed", "duplicate", "permanent");

    private final String key;
    private final Kind kind;
    private final String meter;
    private final @Nullable String tag;

    Measure(String key, Kind kind, String meter, @Nullable String tag) {
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

    Kind kind() {
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
