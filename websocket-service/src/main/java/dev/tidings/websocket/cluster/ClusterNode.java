package dev.tidings.websocket.cluster;

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
import dev.tidings.websocket.cluster.store.StateStore;
import dev.tidings.websocket.cluster.store.StateStoreException;
import dev.tidings.websocket.delivery.LocalConnections;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One replica's parts of the cluster, put together. Holds no thread but the router's and the links': whoever owns the
 * node calls {@link #beat} and {@link #tick} as time goes by ({@link ClusterLifecycle} does, or a test).
 */
final class ClusterNode implements ClusterState {
    private final Membership membership;
    private final StreamRegistry registry;
    private final PeerLinks peers;
    private final ClusterFanOut router;
    private final PeerRequestHandler desk;
    private final ClusterQuery query;
    private final MembershipMetrics metrics;
    private final AtomicBoolean looking = new AtomicBoolean();

    /**
     * @param lookups the same store with a shorter patience, for questions that events wait for
     * @param connections asked for when first needed, since the hub in turn needs this node's registry
     * @param clock steady, in nanoseconds
     */
    ClusterNode(
            String name,
            Supplier<String> address,
            StateStore store,
            StateStore lookups,
            PeerClient calls,
            Supplier<LocalConnections> connections,
            ClusterTiming timing,
            int tellingFactor,
            LongSupplier clock,
            MeterRegistry meters) {
        this.metrics = new MembershipMetrics(meters);
        PeerMetrics peerMetrics = new PeerMetrics(meters);
        this.membership =
                new Membership(store, timing, name, address, clock, metrics, this::peersSeen, this::joinedAnew);
        this.registry = new StreamRegistry(store, membership, timing, connections, clock);
        this.peers = new PeerLinks(peer -> PeerLink.open(peer, calls, membership::boot, this::lookSoon, peerMetrics));
        this.router = new ClusterFanOut(lookups, membership, peers, connections, tellingFactor, clock, peerMetrics);
        this.desk = new PeerRequestHandler(membership::boot, connections, this::called);
        this.query = new PeerQuery(name, membership, calls, connections);
    }

    StreamRegistry registry() {
        return registry;
    }

    EventFanOut router() {
        return router;
    }

    PeerRequestHandler desk() {
        return desk;
    }

    ClusterQuery query() {
        return query;
    }

    void start() {
        router.start();
    }

    /** Renews the lease; see {@link Membership#beat}. */
    void beat() {
        try {
            membership.beat();
        } catch (StateStoreException e) {
            metrics.renewalFailed();
            throw e;
        }
    }

    /** See {@link StreamRegistry#tick}. */
    void tick(Duration sinceLast) {
        registry.tick(sinceLast);
    }

    /** Leaves the member list and tells nobody any more. */
    void leave() {
        membership.leave();
    }

    /** Ends all threads. */
    void stop() {
        router.stop();
        peers.close();
    }

    private void peersSeen() {
        peers.become(membership::peers);
    }

    /** PeerLinks learn our new id by a greeting rather than by their next heartbeat. */
    private void joinedAnew() {
        peers.forAll(PeerLink::greet);
        Thread.ofVirtual().name("cluster-register-all").start(registry::registerAll);
    }

    private void called(String from) {
        if (!peers.knows(from) && !from.equals(membership.boot())) {
            lookSoon();
        }
    }

    /** Looks at the member list in the background, once for all who ask meanwhile. */
    private void lookSoon() {
        if (looking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("cluster-look").start(() -> {
                looking.set(false);
                try {
                    membership.look();
                } catch (StateStoreException e) {
                    // The next heartbeat looks again.
                }
            });
        }
    }

    @Override
    public boolean isJoined() {
        return membership.isJoined();
    }

    @Override
    public String bootId() {
        return membership.boot();
    }

    @Override
    public int peers() {
        return peers.size();
    }
}
