package dev.tidings.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final RandomGenerator NO_JITTER = fixed(0);
    private static final RandomGenerator FULL_JITTER = fixed(-1);

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(700));

    @Test
    void theDelayDoublesUpToItsLimit() {
        assertThat(IntStream.of(1, 2, 3, 4, 5, 100, Integer.MAX_VALUE)
                        .mapToObj(failures -> backoff.delay(failures, NO_JITTER).toMillis()))
                .containsExactly(100L, 200L, 400L, 700L, 700L, 700L, 700L);
    }

    @Test
    void jitterSubtractsUpToHalfOfTheDelay() {
        assertThat(IntStream.of(1, 2, 4)
                        .mapToObj(
                                failures -> backoff.delay(failures, FULL_JITTER).toMillis()))
                .containsExactly(50L, 100L, 350L);
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> backoff.delay(4)))
                .allMatch(delay -> delay.toMillis() >= 350 && delay.toMillis() <= 700);
    }

    @Test
    void theLongestDelayMayBeOfAnyLength() {
        Backoff years = new Backoff(Duration.ofDays(1), Duration.ofDays(365_000));

        assertThat(years.delay(1_000, NO_JITTER)).isEqualTo(Duration.ofDays(365_000));
    }

    @Test
    void aBackoffWithoutDelayIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    /** @param bits what the generator returns, of which {@code nextLong(bound)} makes a value in its range */
    private static RandomGenerator fixed(long bits) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return bits;
            }

            @Override
            public long nextLong(long bound) {
                return bits == 0 ? 0 : bound - 1;
            }
        };
    }
}
