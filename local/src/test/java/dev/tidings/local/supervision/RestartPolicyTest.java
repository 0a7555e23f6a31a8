package dev.tidings.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

    private final RestartPolicy policy = new RestartPolicy();

    @Test
    void theFirstDeathIsFollowedByARestartAtOnceAndLaterOnesByGrowingPauses() {
        List<Long> millis = new ArrayList<>();
        for (Optional<Duration> pause = dies(); pause.isPresent(); pause = dies()) {
            millis.add(pause.get().toMillis());
        }

        assertThat(millis).containsExactly(0L, 500L, 1_000L, 2_000L, 4_000L);
        assertThat(policy.deathsInARow()).isEqualTo(6);
    }

    @Test
    void whoLivedLongEnoughStartsCountingAnew() {
        dies();
        dies();

        assertThat(policy.afterDeath(RestartPolicy.HEALTHY)).contains(Duration.ZERO);
        assertThat(dies()).contains(Duration.ofMillis(500));
    }

    private Optional<Duration> dies() {
        return policy.afterDeath(Duration.ofSeconds(1));
    }
}
