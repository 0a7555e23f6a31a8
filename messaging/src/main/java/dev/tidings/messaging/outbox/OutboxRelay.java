package dev.tidings.messaging.outbox;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.messaging.publishing.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the outbox of the data source's schema, as one of any number of relays. Runs from {@link #start} to {@link
 * #close} in threads of its own; needs neither sidecar nor database to start. All methods may be called by any thread.
 */
public final class OutboxRelay implements Outbox.CommitListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final Relay relay;
    private final RelayNotifier bell;
    private final Housekeeping housekeeping;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean closing;

    @GuardedBy("this")
    private @Nullable Thread thread;

    public OutboxRelay(
            DataSource dataSource, EventPublisher publisher, RelaySettings settings, MeterRegistry registry) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        this.relay = new Relay(
                id,
                new PostgresOutboxStore(dataSource),
                publisher,
                settings,
                steadyClock(),
                RandomGenerator.getDefault(),
                new RelayMetrics(registry, InstantSource.system()));
        this.bell = new RelayNotifier(dataSource, id, wakeUps::release);
        this.housekeeping = new Housekeeping(dataSource, settings.retention(), registry);
    }

    public synchronized void start() {
        if (thread == null && !closing) {
            bell.start();
            housekeeping.start();
            thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::run);
        }
    }

    /** Finishes the call under way and gives the leases back. What waits then is published after the next start. */
    @Override
    public void close() {
        closing = true;
        wakeUps.release();
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running == null) {
            return;
        }
        housekeeping.close();
        bell.close();
        try {
            if (!running.join(STOP_WITHIN)) {
                log.warn("The relay is still in a call after {}; its leases will run out instead", STOP_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Wakes this relay at once, and the others where the event is theirs. */
    @Override
    public void committed(String key) {
        if (relay.holds(Slots.of(key))) {
            wakeUps.release();
        } else {
            bell.ring();
        }
    }

    /** What waits, as of some seconds ago. */
    public OutboxState state() {
        return housekeeping.state();
    }

    private void run() {
        while (!closing) {
            Duration wait;
            try {
                wakeUps.drainPermits();
                wait = relay.round();
            } catch (RuntimeException e) {
                log.warn("The outbox cannot be read or marked; trying again in {}", PAUSE_AFTER_ERROR, e);
                wait = PAUSE_AFTER_ERROR;
            }
            try {
                wakeUps.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                break;
            }
        }
        try {
            relay.release();
        } catch (RuntimeException e) {
            log.warn("The relay's leases could not be given back ({}); they will run out instead", e.getMessage());
        }
    }

    /** Starts with the time of day and never jumps. */
    private static InstantSource steadyClock() {
        Instant start = Instant.now();
        long startNanos = System.nanoTime();
        return () -> start.plusNanos(System.nanoTime() - startNanos);
    }
}
