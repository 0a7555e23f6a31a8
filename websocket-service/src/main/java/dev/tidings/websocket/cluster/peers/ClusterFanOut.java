package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.cluster.membership.Membership;
import dev.tidings.websocket.cluster.peers.PeerQueue.Batch;
import dev.tidings.websocket.cluster.registry.StreamRegistry;
import dev.tidings.websocket.cluster.store.StateStore;
import dev.tidings.websocket.cluster.store.StateStoreException;
import dev.tidings.websocket.delivery.LocalConnections;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spreads the news. Connections here are told on the caller's thread, which costs nothing; for the others one thread
 * asks the store who holds the streams of all that has piled up, and hands it to the links of those peers.
 */
public final class ClusterFanOut implements EventFanOut {
    private static final Logger log = LoggerFactory.getLogger(ClusterFanOut.class);
    /** After the store was silent nobody waits for it again for so long. */
    private static final Duration NOT_ASKING = Duration.ofSeconds(1);

    private final StateStore store;
    private final Membership membership;
    private final PeerLinks peers;
    private final Supplier<LocalConnections> connections;
    private final int tellingFactor;
    private final LongSupplier clock;
    private final PeerMetrics metrics;
    private final PeerQueue backlog = new PeerQueue();
    private volatile @Nullable Thread thread;

    /** When the store was found silent; read and written by the router's thread only. */
    private long silentSince;

    private boolean silent;

    public ClusterFanOut(
            StateStore store,
            Membership membership,
            PeerLinks peers,
            Supplier<LocalConnections> connections,
            int tellingFactor,
            LongSupplier clock,
            PeerMetrics metrics) {
        this.store = store;
        this.membership = membership;
        this.peers = peers;
        this.connections = connections;
        this.tellingFactor = tellingFactor;
        this.clock = clock;
        this.metrics = metrics;
    }

    public void start() {
        thread = Thread.ofVirtual().name("cluster-router").start(this::run);
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
        // A replica greets its peers when it joins, so whoever is alone here is alone.
        if (peers.size() > 0 && !events.isEmpty()) {
            metrics.dropped(backlog.add(events));
        }
    }

    private void run() {
        try {
            while (true) {
                Batch batch = backlog.take();
                if (batch.sweep()) {
                    log.warn("More events than could be routed: all peers sweep instead");
                    peers.forAll(PeerLink::tellToSweep);
                }
                spread(batch.events());
            }
        } catch (InterruptedException e) {
            log.debug("The router has stopped");
        }
    }

    private void spread(List<LoggedEvent> events) {
        Set<StreamName> streams = events.stream().map(LoggedEvent::stream).collect(Collectors.toSet());
        if (tellingIsCheaper(streams.size(), peers.size(), tellingFactor)) {
            tellAll(events, "cheaper");
            return;
        }
        if (silent && clock.getAsLong() - silentSince < NOT_ASKING.toNanos()) {
            tellAll(events, "store_silent");
            return;
        }
        try {
            Map<String, List<LoggedEvent>> byHolder = byHolder(events, StreamRegistry.holders(store, streams));
            for (String boot : byHolder.keySet()) {
                if (!peers.knows(boot)) {
                    membership.isGone(boot); // Looks at the list if the id is new; a new peer has a link then.
                }
            }
            silent = false;
            byHolder.forEach((boot, news) -> {
                PeerLink link = peers.link(boot);
                if (link != null) {
                    link.tell(news);
                }
            });
        } catch (StateStoreException e) {
            if (!silent) {
                log.warn("PeerLinks are told of every event, since the registry cannot be asked: {}", e.getMessage());
            }
            silent = true;
            silentSince = clock.getAsLong();
            tellAll(events, "store_silent");
        }
    }

    private void tellAll(List<LoggedEvent> events, String reason) {
        metrics.toldWithoutAsking(reason, events.size());
        peers.tellAll(events);
    }

    /**
     * Asking costs a read per stream, telling costs a call per peer that may be in vain. A batch for many streams
     * concerns nearly every replica anyway.
     */
    static boolean tellingIsCheaper(int streams, int peers, int factor) {
        return streams >= (long) factor * peers;
    }

    /** The events that each holder is told, in the order they came. */
    static Map<String, List<LoggedEvent>> byHolder(
            List<LoggedEvent> events, Map<StreamName, Collection<String>> holders) {
        Map<String, List<LoggedEvent>> byHolder = new LinkedHashMap<>();
        for (LoggedEvent event : events) {
            for (String boot : holders.getOrDefault(event.stream(), List.of())) {
                byHolder.computeIfAbsent(boot, b -> new ArrayList<>()).add(event);
            }
        }
        return byHolder;
    }
}
