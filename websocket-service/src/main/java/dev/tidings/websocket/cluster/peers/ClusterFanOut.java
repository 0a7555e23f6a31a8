package dev.tidings.websocket.cluster.peers;

import dev.tidings.sidecar.state.StateStore;
import dev.tidings.sidecar.state.StateStoreException;
import dev.tidings.websocket.cluster.membership.Membership;
import dev.tidings.websocket.cluster.peers.PeerQueue.PeerBatch;
import dev.tidings.websocket.cluster.registry.StreamRegistry;
import dev.tidings.websocket.delivery.LocalConnections;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fan-out of events. Connections of this replica are served on the thread of the caller. For other replicas one thread
 * looks up the holders of the queued streams, in {@link HolderCache} or in the registry, and adds the events to the queues of
 * these peers.
 */
public final class ClusterFanOut implements EventFanOut {
    private static final Logger log = LoggerFactory.getLogger(ClusterFanOut.class);
    /** How long the store is not queried after a failure. */
    private static final Duration NO_LOOKUPS = Duration.ofSeconds(1);

    private final StateStore store;
    private final Membership membership;
    private final PeerLinks peers;
    private final Supplier<LocalConnections> connections;
    private final int broadcastFactor;
    private final LongSupplier clock;
    private final PeerMetrics metrics;
    private final PeerQueue queue = new PeerQueue();
    private final HolderCache cache = new HolderCache();
    private final HeardPeers heard = new HeardPeers();

    private volatile @Nullable Thread thread;

    /** When the store failed; used by the fan-out thread only. */
    private long unavailableSince;

    private boolean storeUnavailable;

    public ClusterFanOut(
            StateStore store,
            Membership membership,
            PeerLinks peers,
            Supplier<LocalConnections> connections,
            int broadcastFactor,
            LongSupplier clock,
            PeerMetrics metrics) {
        this.store = store;
        this.membership = membership;
        this.peers = peers;
        this.connections = connections;
        this.broadcastFactor = broadcastFactor;
        this.clock = clock;
        this.metrics = metrics;
    }

    public void start() {
        thread = Thread.ofVirtual().name("cluster-fan-out").start(this::run);
    }

    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public void route(List<LoggedEvent> events) {
        connections.get().push(events);
        // A replica announces itself to its peers when it joins, so without peers there is no other replica.
        if (peers.size() > 0 && !events.isEmpty()) {
            metrics.dropped(queue.add(events));
        }
    }

    private void run() {
        try {
            while (true) {
                PeerBatch batch = queue.take();
                if (batch.sweep()) {
                    log.warn("The fan-out queue overflowed: its events were dropped and all peers sweep instead");
                    peers.forEach(PeerLink::requestSweep);
                }
                fanOut(batch.events());
            }
        } catch (InterruptedException e) {
            log.debug("The fan-out thread has stopped");
        }
    }

    /** Handles what a push says about its caller; see {@link PeerRequestHandler.PeerListener}. */
    public void heard(String from, String to, boolean lost, List<StreamName> changed) {
        if (heard.add(from, to) || lost) {
            cache.clear();
        }
        List<LoggedEvent> missed = cache.changed(changed);
        PeerLink link = peers.link(from);
        if (link != null && !missed.isEmpty()) {
            link.send(missed);
        }
    }

    /** Forgets what is known of peers that are gone. */
    public void peersChanged(Set<String> gone) {
        heard.forget(gone);
        cache.clear();
    }

    /** Forgets what peers sent to former incarnations of this replica. */
    public void rejoined() {
        heard.keepOnly(membership.incarnation());
        cache.clear();
    }

    private void fanOut(List<LoggedEvent> events) {
        String incarnation = membership.incarnation();
        Map<StreamName, Collection<String>> holders = peers.allMatch(peer -> heard.contains(peer, incarnation))
                ? cache.cached(events, clock.getAsLong())
                : Map.of();
        List<StreamName> unknown = events.stream()
                .map(LoggedEvent::stream)
                .filter(stream -> !holders.containsKey(stream))
                .distinct()
                .toList();
        boolean isBroadcast = isBroadcastCheaper(unknown.size(), peers.size(), broadcastFactor);
        if (!unknown.isEmpty() && storeUnavailable && clock.getAsLong() - unavailableSince < NO_LOOKUPS.toNanos()) {
            broadcast(events, "store_unavailable");
            return;
        }
        if (isBroadcast) {
            broadcast(events, "many_streams");
        }
        try {
            // After a broadcast some streams are read nevertheless, so that later events of them need no broadcast.
            Map<StreamName, Collection<String>> read =
                    lookUp(isBroadcast ? unknown.subList(0, Math.min(broadcastFactor, unknown.size())) : unknown);
            if (!isBroadcast) {
                Map<StreamName, Collection<String>> all = new HashMap<>(holders);
                all.putAll(read);
                send(byHolder(events, all));
            }
        } catch (StateStoreException e) {
            if (!storeUnavailable) {
                log.warn("Events are broadcast to all peers because the registry lookup failed: {}", e.getMessage());
            }
            storeUnavailable = true;
            unavailableSince = clock.getAsLong();
            if (!isBroadcast) {
                broadcast(events, "store_unavailable");
            }
        }
    }

    private Map<StreamName, Collection<String>> lookUp(List<StreamName> streams) {
        if (streams.isEmpty()) {
            return Map.of();
        }
        metrics.lookup();
        cache.reading(streams);
        long begun = clock.getAsLong();
        Map<StreamName, Collection<String>> read = StreamRegistry.holders(store, streams);
        cache.read(read, begun);
        storeUnavailable = false;
        return read;
    }

    private void send(Map<String, List<LoggedEvent>> byHolder) {
        for (String incarnation : byHolder.keySet()) {
            if (!peers.knows(incarnation)) {
                // Reads the member list if the id is unknown, which creates the link of a new peer.
                membership.isGone(incarnation);
            }
        }
        byHolder.forEach((incarnation, batch) -> {
            PeerLink link = peers.link(incarnation);
            if (link != null) {
                link.send(batch);
            }
        });
    }

    private void broadcast(List<LoggedEvent> events, String reason) {
        metrics.broadcast(reason, events.size());
        peers.broadcast(events);
    }

    /**
     * A lookup costs one read per stream that is not cached; a broadcast costs one call per peer, which may be useless. A
     * batch for many streams concerns nearly every replica.
     */
    static boolean isBroadcastCheaper(int streams, int peers, int factor) {
        return streams >= (long) factor * peers;
    }

    /** Returns the events for each holder, in their order. */
    static Map<String, List<LoggedEvent>> byHolder(
            List<LoggedEvent> events, Map<StreamName, Collection<String>> holders) {
        Map<String, List<LoggedEvent>> byHolder = new LinkedHashMap<>();
        for (LoggedEvent event : events) {
            for (String incarnation : holders.getOrDefault(event.stream(), List.of())) {
                byHolder.computeIfAbsent(incarnation, b -> new ArrayList<>()).add(event);
            }
        }
        return byHolder;
    }
}
