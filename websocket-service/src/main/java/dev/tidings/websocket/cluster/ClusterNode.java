package dev.tidings.websocket.cluster;

import dev.tidings.sidecar.state.StateStore;
import dev.tidings.sidecar.state.StateStoreException;
import dev.tidings.websocket.cluster.membership.ClusterTiming;
import dev.tidings.websocket.cluster.membership.Membership;
import dev.tidings.websocket.cluster.membership.MembershipMetrics;
import dev.tidings.websocket.cluster.peers.ClusterFanOut;
import dev.tidings.websocket.cluster.peers.ClusterQuery;
import dev.tidings.websocket.cluster.peers.EventFanOut;
import dev.tidings.websocket.cluster.peers.PeerClient;
import dev.tidings.websocket.cluster.peers.PeerLink;
import dev.tidings.websocket.cluster.peers.PeerLinks;
import dev.tidings.websocket.cluster.peers.PeerMetrics;
import dev.tidings.websocket.cluster.peers.PeerQuery;
import dev.tidings.websocket.cluster.peers.PeerRequestHandler;
import dev.tidings.websocket.cluster.registry.StreamRegistry;
import dev.tidings.websocket.delivery.LocalConnections;
import dev.tidings.websocket.stream.StreamName;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The cluster parts of one replica. The node runs the threads of the fan-out only. Its owner ({@link ClusterLifecycle} or a
 * test) calls {@link #renewLease} and {@link #tick} periodically.
 */
final class ClusterNode implements ClusterState {
    private final Membership membership;
    private final StreamRegistry registry;
    private final PeerLinks peers;
    private final ClusterFanOut fanOut;
    private final PeerRequestHandler requestHandler;
    private final ClusterQuery query;
    private final MembershipMetrics metrics;
    private final AtomicBoolean reading = new AtomicBoolean();

    /**
     * @param lookups the same store with a shorter timeout, for lookups that events wait for
     * @param connections resolved at the first use, because the hub depends on the registry of this node
     * @param clock monotonic, in nanoseconds
     */
    ClusterNode(
            String name,
            Supplier<String> address,
            StateStore store,
            StateStore lookups,
            PeerClient client,
            Supplier<LocalConnections> connections,
            ClusterTiming timing,
            int broadcastFactor,
            LongSupplier clock,
            MeterRegistry meters) {
        this.metrics = new MembershipMetrics(meters);
        PeerMetrics peerMetrics = new PeerMetrics(meters);
        this.membership =
                new Membership(store, timing, name, address, clock, metrics, this::membersRead, this::rejoined);
        this.registry = new StreamRegistry(store, membership, timing, connections, clock, this::registrationChanged);
        this.peers = new PeerLinks(
                peer -> PeerLink.open(peer, client, membership::incarnation, this::readMembersSoon, peerMetrics));
        this.fanOut = new ClusterFanOut(lookups, membership, peers, connections, broadcastFactor, clock, peerMetrics);
        this.requestHandler = new PeerRequestHandler(membership::incarnation, connections, this::heard);
        this.query = new PeerQuery(name, membership, client, connections);
    }

    StreamRegistry registry() {
        return registry;
    }

    EventFanOut fanOut() {
        return fanOut;
    }

    PeerRequestHandler requestHandler() {
        return requestHandler;
    }

    ClusterQuery query() {
        return query;
    }

    void start() {
        fanOut.start();
    }

    /** Renews the lease; see {@link Membership#renewLease}. */
    void renewLease() {
        try {
            membership.renewLease();
        } catch (StateStoreException e) {
            metrics.renewalFailed();
            throw e;
        }
    }

    /** See {@link StreamRegistry#tick}. */
    void tick(Duration sinceLast) {
        registry.tick(sinceLast);
    }

    /** Leaves the member list. */
    void leave() {
        membership.leave();
    }

    /** Stops all threads. */
    void stop() {
        fanOut.stop();
        peers.close();
    }

    private void membersRead() {
        PeerLinks.LinkChange change = peers.update(membership::peers);
        if (!change.isNone()) {
            fanOut.peersChanged(change.closed());
        }
    }

    /** Announces the new incarnation to peers, which would otherwise see it at their next heartbeat. */
    private void rejoined() {
        fanOut.rejoined();
        peers.forEach(PeerLink::announce);
        Thread.ofVirtual().name("cluster-register-all").start(registry::registerAll);
    }

    private void registrationChanged(StreamName stream) {
        peers.forEach(peer -> peer.changed(stream));
    }

    private void heard(String from, String to, boolean lost, List<StreamName> changed) {
        fanOut.heard(from, to, lost, changed);
        if (!peers.knows(from) && !from.equals(membership.incarnation())) {
            readMembersSoon();
        }
    }

    /** Reads the member list in the background, once for all concurrent requests. */
    private void readMembersSoon() {
        if (reading.compareAndSet(false, true)) {
            Thread.ofVirtual().name("cluster-read-members").start(() -> {
                reading.set(false);
                try {
                    membership.read();
                } catch (StateStoreException e) {
                    // The next heartbeat reads the list again.
                }
            });
        }
    }

    @Override
    public boolean isJoined() {
        return membership.isJoined();
    }

    @Override
    public String incarnation() {
        return membership.incarnation();
    }

    @Override
    public int peers() {
        return peers.size();
    }
}
