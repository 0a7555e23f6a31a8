package dev.tidings.messaging.outbox;

import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down if a committed event has waited for publication for more than a minute. */
final class OutboxHealthIndicator extends AbstractHealthIndicator {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final OutboxRelay relay;

    OutboxHealthIndicator(OutboxRelay relay) {
        this.relay = relay;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        OutboxState state = relay.state();
        boolean isStuck = state.oldestAge().compareTo(LIMIT) > 0;
        (isStuck ? builder.down() : builder.up())
                .withDetail("backlog", state.backlog())
                .withDetail("oldestAgeSeconds", state.oldestAge().toSeconds());
    }
}
