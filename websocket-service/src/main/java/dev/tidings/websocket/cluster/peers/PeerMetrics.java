package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.cluster.membership.Member;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** Metrics of the calls between replicas. Thread-safe. */
public final class PeerMetrics {
    private final MeterRegistry registry;
    private final Counter sent;
    private final Counter failed;
    private final Counter dropped;
    private final Counter lookups;
    private final Counter pushes;
    private final Map<String, Meter> queues = new ConcurrentHashMap<>();

    public PeerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.sent = counter("events.sent", "Events that peers accepted");
        this.failed = counter("pushes.failed", "Pushes to peers that failed or reached another incarnation");
        this.dropped = counter(
                "events.dropped",
                "Events that were dropped because a queue overflowed or a push failed; a sweep delivers them");
        this.lookups = counter("lookups", "Reads of the registry for events whose holders are not cached");
        this.pushes = counter("pushes", "Calls to peers that were accepted, with any number of events");
        Gauge.builder("tidings.cluster.peers", queues, Map::size)
                .description("Live peers of this replica")
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder("tidings.cluster." + name)
                .description(description)
                .register(registry);
    }

    void sent(int events) {
        sent.increment(events);
        pushes.increment();
    }

    void lookup() {
        lookups.increment();
    }

    void failed() {
        failed.increment();
    }

    void dropped(int events) {
        dropped.increment(events);
    }

    void broadcast(String reason, int events) {
        registry.counter("tidings.cluster.events.broadcast", "reason", reason).increment(events);
    }

    void linkOpened(Member peer, IntSupplier queueLength) {
        Meter gauge = Gauge.builder("tidings.cluster.peer.queue", queueLength, IntSupplier::getAsInt)
                .description("Events in the queue of a peer")
                .tag("peer", peer.name())
                .tag("incarnation", peer.incarnation())
                .strongReference(true)
                .register(registry);
        queues.put(peer.incarnation(), gauge);
    }

    void linkClosed(Member peer) {
        Meter gauge = queues.remove(peer.incarnation());
        if (gauge != null) {
            registry.remove(gauge);
        }
    }
}
