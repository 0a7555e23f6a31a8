package dev.tidings.websocket.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Computes which partitions the log needs and which have expired, from the time alone.
 *
 * <p>A partition spans a sixth of the retention. At most seven partitions, including the current one, contain retained
 * events, and one is ahead: {@link #MAX_PARTITIONS}.
 */
record PartitionPlan(Duration retention) {
    static final int MAX_PARTITIONS = 8;

    /** A range in epoch ms, excluding the end. */
    record Range(long from, long until) {}

    /** Returns the partitions to create so that the current time and one further partition are covered. */
    List<Range> missing(Collection<Range> existing, long now) {
        long width = retention.toMillis() / (MAX_PARTITIONS - 2);
        long covered = existing.stream().mapToLong(Range::until).max().orElse(Long.MIN_VALUE);
        // After a downtime the period without events stays uncovered, except for a margin for clock adjustments.
        long from = Math.max(covered, now - width / 2);
        List<Range> missing = new ArrayList<>();
        while (from <= now + width) {
            missing.add(new Range(from, from + width));
            from += width;
        }
        return missing;
    }

    boolean isExpired(Range range, long now) {
        return range.until() <= now - retention.toMillis();
    }
}
