package dev.tidings.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** A set of measured times in nanoseconds, and what one says of them. Used by one thread at a time. */
final class Latencies {
    private long[] nanos = new long[1024];
    private int count;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = duration;
    }

    int count() {
        return count;
    }

    /** Nearest-rank percentile in milliseconds. */
    double percentile(double percent) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * count);
        return sorted[Math.max(0, rank - 1)] / 1e6;
    }

    /** In milliseconds; 0 if there is none. */
    double highest() {
        return count == 0 ? 0 : percentile(100);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "n=%d  p50 %.1f ms  p95 %.1f ms  p99 %.1f ms  max %.1f ms",
                count,
                percentile(50),
                percentile(95),
                percentile(99),
                percentile(100));
    }
}
