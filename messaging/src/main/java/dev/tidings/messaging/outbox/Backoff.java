package dev.tidings.messaging.outbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Exponential backoff: doubles the delay after each failure and subtracts up to half of it as jitter. */
record Backoff(Duration first, Duration longest) {
    private static final int MAX_DOUBLINGS = 30;

    /** @param failures number of consecutive failures, from 1 */
    Duration delay(int failures, RandomGenerator random) {
        long millis = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS));
        return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
    }
}
