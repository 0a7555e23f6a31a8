package dev.tidings.websocket.delivery;

import static dev.tidings.websocket.delivery.Heartbeat.Liveness.DEAD;
import static dev.tidings.websocket.delivery.Heartbeat.Liveness.FINE;
import static dev.tidings.websocket.delivery.Heartbeat.Liveness.PING;
import static dev.tidings.websocket.delivery.Heartbeat.Liveness.STUCK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** R-WS-3: pings every 25 s, silent for 60 s is dead. */
class HeartbeatTest {
    private final Heartbeat heartbeat =
            new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(60), Duration.ofSeconds(30), 0, 7_000);

    @Test
    void pingsComeAtTheirIntervalFromASpreadStart() {
        assertThat(heartbeat.tick(6_999, false)).isEqualTo(FINE);
        assertThat(heartbeat.tick(7_000, false)).isEqualTo(PING);
        assertThat(heartbeat.tick(31_999, false)).isEqualTo(FINE);
        assertThat(heartbeat.tick(32_000, false)).isEqualTo(PING);
    }

    @Test
    void anIdlePeerThatAnswersPingsLivesOn() {
        for (long now = 0; now < 600_000; now += 1_000) {
            if (heartbeat.tick(now, false) == PING) {
                heartbeat.heard();
            }
        }
        assertThat(heartbeat.tick(600_000, false)).isNotEqualTo(DEAD);
    }

    @Test
    void aSilentPeerIsDeadAfterItsLimit() {
        heartbeat.heard();
        heartbeat.tick(10_000, false);
        assertThat(heartbeat.tick(69_999, false)).isNotEqualTo(DEAD);
        assertThat(heartbeat.tick(70_000, false)).isEqualTo(DEAD);
    }

    @Test
    void aWriteWithoutProgressIsStuckAndOneWithProgressIsNot() {
        heartbeat.tick(1_000, true);
        heartbeat.progressed();
        heartbeat.tick(20_000, true);
        assertThat(heartbeat.tick(49_999, true)).isNotEqualTo(STUCK);
        assertThat(heartbeat.tick(50_000, true)).isEqualTo(STUCK);
    }

    @Test
    void idlingIsNotBeingStuck() {
        assertThat(heartbeat.tick(59_000, false)).isNotEqualTo(STUCK);
        assertThat(heartbeat.tick(59_500, true)).isNotEqualTo(STUCK);
    }
}
