package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.cluster.membership.Member;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** The cluster's meters, all named {@code tidings.cluster.…}. Any thread. */
public final class PeerMetrics {
    private final MeterRegistry registry;
    private final Counter sent;
    private final Counter failed;
    private final Counter dropped;
    private final Map<String, Meter> queues = new ConcurrentHashMap<>();

    public PeerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.sent = counter("events.sent", "Events that peers accepted");
        this.failed = counter("pushes.failed", "Calls to peers that failed or met another incarnation");
        this.dropped = counter("events.dropped", "Events left to a peer's sweep");
        Gauge.builder("tidings.cluster.peers", queues, Map::size)
                .description("Live peers")
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder("tidings.cluster." + name)
                .description(description)
                .register(registry);
    }

    void sent(int events) {
        sent.increment(events);
    }

    void failed() {
        failed.increment();
    }

    void dropped(int events) {
        dropped.increment(events);
    }

    void toldWithoutAsking(String reason, int events) {
        registry.counter("tidings.cluster.told.without.asking", "reason", reason)
                .increment(events);
    }

    void linkOpened(Member peer, IntSupplier queueLength) {
        Meter gauge = Gauge.builder("tidings.cluster.peer.queue", queueLength, IntSupplier::getAsInt)
                .description("Events waiting for a peer")
                .tag("peer", peer.name())
                .tag("boot", peer.boot())
                .strongReference(true)
                .register(registry);
        queues.put(peer.boot(), gauge);
    }

    void linkClosed(Member peer) {
        Meter gauge = queues.remove(peer.boot());
        if (gauge != null) {
            registry.remove(gauge);
        }
    }
}
