package dev.tidings.websocket.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which partitions the log needs and which it can let go, as a function of time alone.
 *
 * <p>A partition spans a sixth of the retention. So at most seven hold what is kept, the current one included, and one is
 * ahead: {@link #MAX_PARTITIONS}.
 */
record PartitionPlan(Duration retention) {
    static final int MAX_PARTITIONS = 8;

    /** In epoch ms, the end exclusive. */
    record Range(long from, long until) {}

    /** What is missing so that now and the time of one more partition are covered. */
    List<Range> missing(Collection<Range> existing, long now) {
        long width = retention.toMillis() / (MAX_PARTITIONS - 2);
        long covered = existing.stream().mapToLong(Range::until).max().orElse(Long.MIN_VALUE);
        // After a standstill the time without events stays uncovered, but for a clock that is set back a little.
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
