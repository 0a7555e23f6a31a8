package dev.tidings.websocket.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.cluster.ClusterState;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** R-WS-6. */
class RegistryHealthTest {
    @Test
    void a_replica_with_a_lease_is_up_and_tells_its_peers() {
        Health health = health(true);
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("peers", 2);
    }

    @Test
    void a_replica_without_a_lease_is_down_and_says_what_that_means() {
        Health health = health(false);
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("reason")).asString().contains("no lease", "sweep delivers");
    }

    private static Health health(boolean joined) {
        ClusterState state = new ClusterState() {
            @Override
            public boolean isJoined() {
                return joined;
            }

            @Override
            public String incarnation() {
                return "incarnation";
            }

            @Override
            public int peers() {
                return 2;
            }
        };
        return Objects.requireNonNull(
                new HealthConfiguration().registryHealthIndicator(state).health());
    }
}
