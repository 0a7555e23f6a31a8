package dev.tidings.backend.publishing;

import dev.tidings.messaging.outbox.OutboxRelay;
import dev.tidings.messaging.outbox.OutboxState;
import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Down when an event has been waiting for long: committed, but not on the bus. */
@Component("outboxHealthIndicator")
class OutboxHealthIndicator extends AbstractHealthIndicator {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final OutboxRelay relay;

    OutboxHealthIndicator(OutboxRelay relay) {
        this.relay = relay;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        OutboxState state = relay.state();
        boolean stuck = state.oldestAge().compareTo(LONG) > 0;
        (stuck ? builder.down() : builder.up())
                .withDetail("backlog", state.backlog())
                .withDetail("oldestAgeSeconds", state.oldestAge().toSeconds());
    }
}
