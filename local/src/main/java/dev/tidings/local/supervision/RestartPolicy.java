package dev.tidings.local.supervision;

import java.time.Duration;
import java.util.Optional;

/** When a part that died is started again. Confined to the thread that supervises the part. */
final class RestartPolicy {

    /** The first restart comes at once: one death is an accident. */
    private static final Duration[] PAUSES = {
        Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)
    };

    /** Who lived that long is healthy: its next death is a first one. */
    static final Duration HEALTHY = Duration.ofSeconds(30);

    private int deaths;

    /**
     * The pause before the next start; empty if the part died too often in a row.
     *
     * @param life how long it was up, zero if it never became ready
     */
    Optional<Duration> afterDeath(Duration life) {
        deaths = life.compareTo(HEALTHY) >= 0 ? 1 : deaths + 1;
        return deaths <= PAUSES.length ? Optional.of(PAUSES[deaths - 1]) : Optional.empty();
    }

    int deathsInARow() {
        return deaths;
    }
}
