package dev.tidings.websocket.cluster;

import dev.tidings.websocket.delivery.LocalConnections;
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
    private final Peers peers;
    private final ClusterRouter router;
    private final PeerDesk desk;
    private final RollCall rollCall;
    private final ClusterMetrics metrics;
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
            PeerCalls calls,
            Supplier<LocalConnections> connections,
            ClusterTiming timing,
            int tellingFactor,
            LongSupplier clock,
            ClusterMetrics metrics) {
        this.metrics = metrics;
        this.membership =
                new Membership(store, timing, name, address, clock, metrics, this::peersSeen, this::joinedAnew);
        this.registry = new StreamRegistry(store, membership, timing, connections, clock);
        this.peers = new Peers(peer -> PeerLink.open(peer, calls, membership::boot, this::lookSoon, metrics));
        this.router = new ClusterRouter(lookups, membership, peers, connections, tellingFactor, clock, metrics);
        this.desk = new PeerDesk(membership::boot, connections, this::called);
        this.rollCall = new PeerRollCall(name, membership, calls, connections);
    }

    StreamRegistry registry() {
        return registry;
    }

    NewsRouter router() {
        return router;
    }

    PeerDesk desk() {
        return desk;
    }

    RollCall rollCall() {
        return rollCall;
    }

    void start() {
        router.start();
    }

    /** Renews the lease; see {@link Membership#beat}. */
    void beat() {
        try {
            membership.beat();
        } catch (StateStoreException e) {
            metrics.leaseNotRenewed();
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

    /** Peers learn our new id by a greeting rather than by their next heartbeat. */
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
