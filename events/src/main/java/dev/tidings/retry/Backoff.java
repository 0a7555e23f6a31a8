package dev.tidings.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with jitter: the delay before the next attempt doubles with each consecutive failure up to a limit, and up to half
 * of it is subtracted at random, so that clients which failed together do not retry together.
 *
 * <p>Delays have a resolution of 1 ms. Immutable and safe for any thread.
 *
 * @param first delay after one failure, before jitter; at least 1 ms
 * @param longest limit of the delay, before jitter; at least {@code first}
 */
public record Backoff(Duration first, Duration longest) {
    private static final int MAX_DOUBLINGS = 30;

    public Backoff {
        if (first.toMillis() < 1 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "a backoff from %s to %s: the first delay must be at least 1 ms and at most the longest one"
                            .formatted(first, longest));
        }
    }

    /**
     * Returns the delay before the next attempt: from one half of the doubled delay to all of it.
     *
     * @param failures number of consecutive failures, from 1
     */
    public Duration delay(int failures) {
        return delay(failures, ThreadLocalRandom.current());
    }

    /** Returns the delay of {@link #delay(int)} with the jitter of the given source. */
    public Duration delay(int failures, RandomGenerator random) {
        long limit = longest.toMillis();
        int doublings = Math.min(failures - 1, MAX_DOUBLINGS);
        long millis = first.toMillis() > limit >> doublings ? limit : first.toMillis() << doublings;
        return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
    }
}
