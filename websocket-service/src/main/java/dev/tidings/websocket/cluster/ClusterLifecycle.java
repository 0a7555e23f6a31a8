package dev.tidings.websocket.cluster;

import dev.tidings.sidecar.state.StateStoreException;
import dev.tidings.websocket.cluster.peers.PeerServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the threads of the node: one renews the lease, one ticks the registry. Starts before the web server opens its port
 * and stops after the hub has drained and the port is closed. The start does not block.
 */
final class ClusterLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ClusterLifecycle.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    /** Below the phases of the web server; the lowest of them is 2048 below the default. */
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
                Thread.ofPlatform().name("cluster-heartbeat").daemon().start(this::renewLease),
                Thread.ofVirtual().name("cluster-ticks").start(this::tick));
    }

    private void renewLease() {
        boolean failing = false;
        try {
            while (running) {
                try {
                    node.renewLease();
                    if (failing) {
                        log.info("The lease was renewed after failures");
                    }
                    failing = false;
                } catch (RuntimeException e) {
                    if (!failing) {
                        log.warn(
                                "The renewal of the lease failed and is retried every {};"
                                        + " meanwhile the sweep delivers what pushes miss: {}",
                                heartbeat,
                                e.getMessage());
                    }
                    failing = true;
                }
                Thread.sleep(jittered(heartbeat));
            }
        } catch (InterruptedException e) {
            log.debug("The heartbeat thread has stopped");
        }
    }

    private void tick() {
        try {
            while (running) {
                Thread.sleep(TICK);
                try {
                    node.tick(TICK);
                } catch (RuntimeException e) {
                    log.debug("The tick of the registry failed and is retried in {}", TICK, e);
                }
            }
        } catch (InterruptedException e) {
            log.debug("The tick thread has stopped");
        }
    }

    /** Up to a tenth shorter, so that replicas do not stay synchronized. */
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
            log.info("This replica stays in the member list until its lease expires: {}", e.getMessage());
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
