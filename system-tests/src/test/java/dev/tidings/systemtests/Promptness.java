package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asserts how long something takes. A promise of a duration is for a machine that is not overloaded. This machine may be busy with other
 * programs, so an attempt that took too long is repeated, and the fastest one counts.
 */
final class Promptness {

    private Promptness() {}

    /** @param attempt one attempt, which fails if it has no success at all */
    static void assertWithin(Duration limit, int attempts, String what, Runnable attempt) {
        assertWithin(limit, attempts, what, () -> {
            long start = System.nanoTime();
            attempt.run();
            return Duration.ofNanos(System.nanoTime() - start);
        });
    }

    /** @param attempt one attempt, which measures its duration by itself */
    static void assertWithin(Duration limit, int attempts, String what, Supplier<Duration> attempt) {
        List<Duration> durations = new ArrayList<>();
        do {
            durations.add(attempt.get());
        } while (durations.getLast().compareTo(limit) > 0 && durations.size() < attempts);
        assertThat(durations.getLast())
                .as("%s; all attempts: %s", what, durations)
                .isLessThanOrEqualTo(limit);
    }
}
