package dev.tidings.messaging.outbox;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.sidecar.EventPublisher;
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
 * Publishes the outbox in the schema of the data source. Any number of relays share one outbox. Runs between {@link #start} and
 * {@link #close} in threads of its own and starts without a sidecar or a database. Safe for any thread.
 */
public final class OutboxRelay implements Outbox.CommitListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final Relay relay;
    private final RelayNotifier notifier;
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
        this.notifier = new RelayNotifier(dataSource, id, wakeUps::release);
        this.housekeeping = new Housekeeping(dataSource, settings.retention(), registry);
    }

    public synchronized void start() {
        if (thread == null && !closing) {
            notifier.start();
            housekeeping.start();
            thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::run);
        }
    }

    /** Finishes the current publish call and returns the leases. The remaining events are published after the next start. */
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
        notifier.close();
        try {
            if (!running.join(STOP_WITHIN)) {
                log.warn(
                        "The relay did not stop within {}; another relay takes over when its leases expire",
                        STOP_WITHIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Wakes this relay if it holds the slot of the key, otherwise the relays of the other replicas. */
    @Override
    public void committed(String key) {
        if (relay.holds(Slots.of(key))) {
            wakeUps.release();
        } else {
            notifier.notifyOthers();
        }
    }

    /** Returns the unpublished events as measured a few seconds ago. */
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
                log.warn("Reading or marking the outbox failed; next attempt in {}", PAUSE_AFTER_ERROR, e);
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
            log.warn(
                    "Returning the relay's leases failed ({}); another relay takes over when they expire",
                    e.getMessage());
        }
    }

    /** A clock that starts at the time of day and then follows {@link System#nanoTime}, so it never jumps. */
    private static InstantSource steadyClock() {
        Instant start = Instant.now();
        long startNanos = System.nanoTime();
        return () -> start.plusNanos(System.nanoTime() - startNanos);
    }
}
