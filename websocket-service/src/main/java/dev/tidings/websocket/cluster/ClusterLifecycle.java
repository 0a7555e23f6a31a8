package dev.tidings.websocket.cluster;

import dev.tidings.websocket.cluster.peers.PeerServer;
import dev.tidings.websocket.cluster.store.StateStoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Gives the node its time: one thread for heartbeats, one for the registry's ticks. Starts before the web server opens
 * its port and stops after the hub has drained and the port is closed. Start-up waits for nobody.
 */
final class ClusterLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ClusterLifecycle.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    /** Below the web server's phases, of which the lowest is 2048 below the default. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

    private final ClusterNode node;
    private final PeerServer server;
    private final Duration heartbeat;
    private volatile boolean running;
    private List<Thread> threads = List.of();

    ClusterLifecycle(ClusterNode node, PeerServer server, Duration heartbeat) {
        this.node = node;
        this.server = server;
        this.heartbeat = heartbeat;
    }

    @Override
    public void start() {
        server.start();
        node.start();
        running = true;
        threads = List.of(
                Thread.ofPlatform().name("cluster-heartbeat").daemon().start(this::beat),
                Thread.ofVirtual().name("cluster-ticks").start(this::tick));
    }

    private void beat() {
        boolean failing = false;
        try {
            while (running) {
                try {
                    node.beat();
                    if (failing) {
                        log.info("The lease is renewed again");
                    }
                    failing = false;
                } catch (RuntimeException e) {
                    if (!failing) {
                        log.warn(
                                "The lease was not renewed and every {} follows a new attempt;"
                                        + " meanwhile the sweep delivers what pushes miss: {}",
                                heartbeat,
                                e.getMessage());
                    }
                    failing = true;
                }
                Thread.sleep(jittered(heartbeat));
            }
        } catch (InterruptedException e) {
            log.debug("Heartbeats end");
        }
    }

    private void tick() {
        try {
            while (running) {
                Thread.sleep(TICK);
                try {
                    node.tick(TICK);
                } catch (RuntimeException e) {
                    log.debug("Streams are looked after again in {}", TICK, e);
                }
            }
        } catch (InterruptedException e) {
            log.debug("Ticks end");
        }
    }

    /** Up to a tenth less, so that replicas do not write at the same time for ever. */
    private static Duration jittered(Duration period) {
        long nanos = period.toNanos();
        return Duration.ofNanos(nanos - ThreadLocalRandom.current().nextLong(nanos / 10 + 1));
    }

    @Override
    public void stop() {
        running = false;
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(heartbeat);
            }
            node.leave();
        } catch (StateStoreException e) {
            log.info("The member list keeps this replica until its lease ends: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            node.stop();
            server.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
