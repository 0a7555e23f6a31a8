package dev.tidings.messaging.outbox;

import java.time.Duration;

/**
 * The unpublished events of an outbox.
 *
 * @param backlog number of unpublished events, at most {@value #COUNTED_UP_TO}
 * @param oldestAge age of the oldest unpublished event; zero if there is none
 */
public record OutboxState(int backlog, Duration oldestAge) {
    static final int COUNTED_UP_TO = 100_000;

    static final OutboxState EMPTY = new OutboxState(0, Duration.ZERO);
}
