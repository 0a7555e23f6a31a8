package dev.tidings.websocket.cluster.membership;

import java.time.Duration;

/** The time limits that tests use; no test waits for one of them. */
public final class Timings {
    public static final ClusterTiming TIMING = new ClusterTiming(
            Duration.ofSeconds(2),
            Duration.ofSeconds(8),
            Duration.ofMillis(500),
            Duration.ofMillis(250),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofDays(7));

    private Timings() {}
}
