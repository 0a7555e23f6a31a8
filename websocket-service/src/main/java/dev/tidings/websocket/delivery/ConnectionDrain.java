package dev.tidings.websocket.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Drains the connections of a stopping replica before its web server stops (docs/architecture.md#drain): readiness goes down, new
 * connections are rejected, and open ones are closed over {@code drainTime}, each with a reconnect hint.
 */
final class ConnectionDrain implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ConnectionDrain.class);
    private static final Duration STEP = Duration.ofMillis(50);

    private final ConnectionHub hub;
    private final DeliverySettings settings;
    private final ApplicationEventPublisher events;
    private volatile boolean running;

    ConnectionDrain(ConnectionHub hub, DeliverySettings settings, ApplicationEventPublisher events) {
        this.hub = hub;
        this.settings = settings;
        this.events = events;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        events.publishEvent(new AvailabilityChangeEvent<>(this, ReadinessState.REFUSING_TRAFFIC));
        hub.stopAccepting();
        List<Connection> connections = hub.connections();
        if (connections.isEmpty()) {
            return;
        }
        log.info("Draining {} connections within {}", connections.size(), settings.drainTime());
        try {
            closeAll(connections);
            awaitEnd(System.nanoTime() + settings.closeTimeout().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.info("The drain is complete; {} connections did not close in time and are cut", hub.connectionCount());
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last phase to start and the first to stop, before the web server. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void closeAll(List<Connection> connections) throws InterruptedException {
        long steps = Math.max(1, settings.drainTime().dividedBy(STEP));
        int perStep = (int) Math.ceilDiv(connections.size(), steps);
        for (int i = 0; i < connections.size(); i++) {
            if (i > 0 && i % perStep == 0) {
                Thread.sleep(STEP);
            }
            long after = ThreadLocalRandom.current()
                    .nextLong(settings.reconnectSpread().toMillis() + 1);
            connections.get(i).close(CloseReason.SHUTTING_DOWN, after);
        }
    }

    private void awaitEnd(long deadline) throws InterruptedException {
        while (hub.connectionCount() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(STEP);
        }
    }
}
