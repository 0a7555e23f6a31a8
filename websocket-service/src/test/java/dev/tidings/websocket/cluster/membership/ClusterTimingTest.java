package dev.tidings.websocket.cluster.membership;

import static dev.tidings.websocket.cluster.membership.Timings.TIMING;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClusterTimingTest {
    @Test
    void a_lease_that_one_lost_heartbeat_would_end_is_refused() {
        assertThatThrownBy(() -> new ClusterTiming(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(8),
                        TIMING.storeTimeout(),
                        TIMING.lookupTimeout(),
                        TIMING.pushTimeout(),
                        TIMING.unregisterDelay(),
                        TIMING.reconcileInterval(),
                        TIMING.entryTtl()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lease (PT8S) must be at least three heartbeats (PT3S)");
    }

    @Test
    void entries_that_expire_while_in_use_are_refused() {
        assertThatThrownBy(() -> new ClusterTiming(
                        TIMING.heartbeat(),
                        TIMING.lease(),
                        TIMING.storeTimeout(),
                        TIMING.lookupTimeout(),
                        TIMING.pushTimeout(),
                        TIMING.unregisterDelay(),
                        TIMING.reconcileInterval(),
                        Duration.ofMinutes(10)))
                .hasMessageContaining("entry-ttl");
    }

    @Test
    void a_limit_of_zero_is_refused() {
        assertThatThrownBy(() -> new ClusterTiming(
                        TIMING.heartbeat(),
                        TIMING.lease(),
                        TIMING.storeTimeout(),
                        TIMING.lookupTimeout(),
                        Duration.ZERO,
                        TIMING.unregisterDelay(),
                        TIMING.reconcileInterval(),
                        TIMING.entryTtl()))
                .hasMessageContaining("push-timeout (PT0S) must be positive");
    }
}
