package dev.tidings.websocket.ingest;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether the sidecar has taken the subscriptions over; for health. */
@Component
public class Subscription {
    private final Clock clock;
    private final AtomicReference<@Nullable Instant> taken = new AtomicReference<>();
    private final AtomicReference<@Nullable Instant> lastBatch = new AtomicReference<>();

    Subscription(Clock clock) {
        this.clock = clock;
    }

    /** When the sidecar last asked for the list of subscriptions. */
    public Optional<Instant> taken() {
        return Optional.ofNullable(taken.get());
    }

    /** When the last batch came. */
    public Optional<Instant> lastBatch() {
        return Optional.ofNullable(lastBatch.get());
    }

    void markTaken() {
        taken.set(clock.instant());
    }

    void markBatch() {
        lastBatch.set(clock.instant());
    }
}
