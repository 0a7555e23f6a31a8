package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds connections that missed pushes: compares the positions of all connections with the tails of their streams, every
 * few seconds and on request, some hundred streams per query. It also detects that the log was reset or restored.
 *
 * <p>The sweep runs on one thread of its own. Any thread may call {@link #soon}.
 */
final class Sweep implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sweep.class);

    private final ConnectionHub hub;
    private final EventLog eventLog;
    private final Duration interval;
    private final int batch;
    private final DeliveryMetrics metrics;
    private final Semaphore requests = new Semaphore(0);
    private @Nullable Thread thread;

    Sweep(ConnectionHub hub, EventLog eventLog, DeliverySettings settings, DeliveryMetrics metrics) {
        this.hub = hub;
        this.eventLog = eventLog;
        this.interval = settings.sweepInterval();
        this.batch = settings.sweepBatch();
        this.metrics = metrics;
    }

    void start() {
        hub.onSweepNow(this::soon);
        thread = Thread.ofVirtual().name("sweep").start(this::run);
    }

    void soon() {
        requests.release();
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                // The jitter of 20 % keeps replicas from querying at the same time.
                double jitter = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
                if (requests.tryAcquire((long) (interval.toMillis() * jitter), TimeUnit.MILLISECONDS)) {
                    requests.drainPermits();
                }
                try {
                    sweep();
                } catch (RuntimeException e) {
                    metrics.error("sweep");
                    log.warn("The sweep failed and is retried within {}: {}", interval, e.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs one sweep. */
    void sweep() {
        hub.requireEpoch(eventLog.epoch());
        List<StreamName> streams = new ArrayList<>(hub.openStreams());
        for (int from = 0; from < streams.size(); from += batch) {
            hub.compare(eventLog.tails(streams.subList(from, Math.min(from + batch, streams.size()))));
        }
    }
}
