package dev.tidings.series;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A histogram of durations that is coarse enough to be kept for an hour, and whose counts can be added over replicas. Pure. */
public final class Buckets {
    /** Upper bounds in ms; longer durations are in one more bucket. */
    private static final int[] BOUNDS = {
        1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 7_000,
        10_000, 15_000, 30_000
    };

    /** The number of buckets. */
    public static final int COUNT = BOUNDS.length + 1;

    private static final double HIGHEST_MILLIS = 60_000;

    private Buckets() {}

    /** The name of a bucket in keys: its upper bound in ms, or {@code more}. */
    public static String name(int bucket) {
        return bucket < BOUNDS.length ? Integer.toString(BOUNDS[bucket]) : "more";
    }

    /** Returns how many durations the timer has recorded in each bucket. */
    static double[] of(Timer timer) {
        HistogramSnapshot snapshot = timer.takeSnapshot();
        double[] counts = new double[COUNT];
        double before = 0;
        double boundBefore = 0;
        int bucket = 0;
        for (CountAtBucket finer : snapshot.histogramCounts()) {
            double bound = finer.bucket(TimeUnit.NANOSECONDS) / 1e6;
            double middle = (boundBefore + bound) / 2;
            while (bucket < BOUNDS.length && middle > BOUNDS[bucket]) {
                bucket++;
            }
            boundBefore = bound;
            counts[bucket] += finer.count() - before;
            before = finer.count();
        }
        counts[BOUNDS.length] += Math.max(0, snapshot.count() - before);
        return counts;
    }

    /**
     * Returns an estimate of the duration in ms that this part of all durations does not exceed; NaN if there are none. Durations
     * are taken as spread evenly over their bucket.
     *
     * @param quantile 0 to 1
     */
    public static double quantile(double[] counts, double quantile) {
        double wanted = Arrays.stream(counts).sum() * quantile;
        if (wanted <= 0) {
            return Double.NaN;
        }
        double below = 0;
        for (int bucket = 0; bucket < COUNT; bucket++) {
            if (below + counts[bucket] >= wanted) {
                double low = bucket == 0 ? 0 : BOUNDS[bucket - 1];
                double high = bucket < BOUNDS.length ? BOUNDS[bucket] : HIGHEST_MILLIS;
                return low + (high - low) * (wanted - below) / counts[bucket];
            }
            below += counts[bucket];
        }
        return HIGHEST_MILLIS;
    }
}
