package dev.tidings.messaging.outbox;

import java.time.Duration;

/**
 * What waits in an outbox.
 *
 * @param backlog unsent events, counted up to {@value #COUNTED_UP_TO}
 * @param oldestAge of the oldest of them; zero when there is none
 */
public record OutboxState(int backlog, Duration oldestAge) {
    static final int COUNTED_UP_TO = 100_000;

    static final OutboxState EMPTY = new OutboxState(0, Duration.ZERO);
}
