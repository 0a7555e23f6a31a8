package dev.tidings.local.supervision;

import java.time.Duration;
import java.util.Optional;

/** Decides when a dead part is restarted. Confined to the thread that supervises the part. */
final class RestartPolicy {

    /** The first restart is immediate. */
    private static final Duration[] PAUSES = {
        Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)
    };

    /** After this time a part counts as healthy, and its next death as the first one. */
    static final Duration HEALTHY = Duration.ofSeconds(30);

    private int deaths;

    /**
     * The pause before the next start; empty if the part died too often in a row.
     *
     * @param life the time for which it was up; zero if it never became ready
     */
    Optional<Duration> afterDeath(Duration life) {
        deaths = life.compareTo(HEALTHY) >= 0 ? 1 : deaths + 1;
        return deaths <= PAUSES.length ? Optional.of(PAUSES[deaths - 1]) : Optional.empty();
    }

    int deathsInARow() {
        return deaths;
    }
}
