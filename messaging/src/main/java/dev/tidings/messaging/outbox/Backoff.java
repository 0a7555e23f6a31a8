package dev.tidings.messaging.outbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff: twice as long after each failure, minus up to a half of it at random, so that those who failed
 * together do not come back together.
 */
record Backoff(Duration first, Duration longest) {
    private static final int MAX_DOUBLINGS = 30;

    /** @param failures in a row, from 1 */
    Duration delay(int failures, RandomGenerator random) {
        long millis = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS));
        return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
    }
}
