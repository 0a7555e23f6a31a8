package dev.tidings.benchmarks;

import org.HdrHistogram.ConcurrentHistogram;

/**
 * A histogram of durations. A duration counts from the time at which its request was due, not from the time at which it was sent, so a
 * system that delays the load generator does not look better for it (no coordinated omission). Thread-safe.
 */
final class Times {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final ConcurrentHistogram nanos = new ConcurrentHistogram(SIGNIFICANT_DIGITS);

    /** @param due {@link System#nanoTime} at which the work should have begun */
    void since(long due) {
        add(System.nanoTime() - due);
    }

    void add(long duration) {
        nanos.recordValue(Math.max(0, duration));
    }

    long count() {
        return nanos.getTotalCount();
    }

    /** Milliseconds; not a number if nothing was recorded. */
    double millis(double percentile) {
        return count() == 0 ? Double.NaN : nanos.getValueAtPercentile(percentile) / 1e6;
    }

    /** Writes the median and the 99th percentile, in milliseconds. */
    void into(ResultRow row, String name) {
        row.put(name + " p50 ms", millis(50)).put(name + " p99 ms", millis(99));
    }
}
