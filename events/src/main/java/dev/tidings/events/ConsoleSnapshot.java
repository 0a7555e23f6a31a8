package dev.tidings.events;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The present figures of the system, for an operator who looks at the console (R-OP-1). Each one replaces the one before. It is no
 * business event: the audit log does not record it.
 *
 * @param userId the operator, and recipient of the event
 * @param at ISO-8601 UTC with milliseconds
 * @param nodes the way of an event, in its order
 * @param point the latest complete step of the charts
 */
public record ConsoleSnapshot(String userId, String at, List<Node> nodes, Point point) {
    public ConsoleSnapshot {
        nodes = List.copyOf(nodes);
    }

    /**
     * One part of the way. Null is what the part does not measure.
     *
     * @param step {@code service}, {@code outbox}, {@code broker}, {@code consumer}, {@code log}, {@code replica}, {@code screen} or {@code
     *     failed}
     * @param id unique in a snapshot
     * @param title name of the app or of the replica
     * @param state {@code ok}, {@code warning} or {@code critical}, by the limits of the alerts
     * @param rate events per second
     * @param waiting events that wait here, about
     * @param oldestMillis age of the oldest of them
     * @param p50Millis median of the time that events take to here
     * @param p99Millis its 99th percentile
     * @param text what is wrong, or more about the part; may be empty
     * @param alert name of the alert behind the state
     */
    public record Node(
            String step,
            String id,
            String title,
            String state,
            @Nullable Double rate,
            @Nullable Long waiting,
            @Nullable Long oldestMillis,
            @Nullable Long p50Millis,
            @Nullable Long p99Millis,
            String text,
            @Nullable String alert) {}

    /**
     * A point of each chart.
     *
     * @param slot the end of the step in epoch ms, divided by the length of a step
     * @param values in the order of the charts' lines; null where nothing is known
     */
    public record Point(long slot, List<@Nullable Double> values) {
        public Point {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }
}
