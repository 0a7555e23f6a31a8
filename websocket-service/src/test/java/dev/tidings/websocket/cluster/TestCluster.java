package dev.tidings.websocket.cluster;

import static dev.tidings.websocket.cluster.membership.Timings.TIMING;
import static org.awaitility.Awaitility.await;

import dev.tidings.sidecar.state.FakeStateStore;
import dev.tidings.sidecar.state.StateStoreException;
import dev.tidings.websocket.cluster.membership.Member;
import dev.tidings.websocket.cluster.peers.FakeConnections;
import dev.tidings.websocket.cluster.peers.PeerClient;
import dev.tidings.websocket.cluster.peers.PeerQueue.PeerBatch;
import dev.tidings.websocket.cluster.peers.PeerRequestHandler;
import dev.tidings.websocket.cluster.peers.PushMessage;
import dev.tidings.websocket.cluster.registry.StreamEntry;
import dev.tidings.websocket.delivery.ConnectionInfo;
import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Several replicas in one JVM, with a store, a network and a clock that do as they are told. Time passes only in
 * {@link #pass}, which lets every replica that is not frozen beat and tick as its threads would.
 */
final class TestCluster implements AutoCloseable {
    final FakeStateStore store = new FakeStateStore();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // The clock may wrap: only differences count.
    private final Map<String, Replica> byAddress = new ConcurrentHashMap<>();
    private final Set<String> unreachable = ConcurrentHashMap.newKeySet();
    private final Set<String> stalled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger started = new AtomicInteger();

    /** One replica: the real node around a hub that records. */
    final class Replica {
        final String name;
        final String address;
        final FakeConnections connections = new FakeConnections();
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        final ClusterNode node;
        boolean frozen;

        private Replica(String name) {
            this.name = name;
            this.address = name + ":" + started.incrementAndGet();
            this.node = new ClusterNode(
                    name,
                    () -> address,
                    store,
                    store,
                    new Network(this),
                    () -> connections,
                    TIMING,
                    1_000,
                    nanos::get,
                    meters);
        }

        void connect(String user) {
            connections.connect(user);
            node.registry().opened(StreamName.ofUser(user));
        }

        void disconnect(String user) {
            if (connections.disconnect(user)) {
                node.registry().closed(StreamName.ofUser(user));
            }
        }

        void route(LoggedEvent... events) {
            node.fanOut().route(List.of(events));
        }

        String incarnation() {
            return node.incarnation();
        }

        double count(String meter) {
            return meters.find("tidings.cluster." + meter).counters().stream()
                    .mapToDouble(c -> c.count())
                    .sum();
        }
    }

    /** Starts replicas and waits until each knows the others. */
    List<Replica> start(int count) {
        List<Replica> replicas = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            replicas.add(start("replica-" + i));
        }
        awaitPeers(count - 1, replicas);
        return replicas;
    }

    Replica start(String name) {
        Replica replica = new Replica(name);
        byAddress.put(replica.address, replica);
        replica.node.start();
        beat(replica);
        return replica;
    }

    void awaitPeers(int peers, List<Replica> replicas) {
        await().until(() -> replicas.stream().allMatch(r -> r.node.peers() == peers));
    }

    /** Ends a replica at once, as by SIGKILL. */
    void kill(Replica replica) {
        byAddress.remove(replica.address);
        replica.node.stop();
    }

    /** Calls to that replica fail. */
    void cut(Replica replica) {
        unreachable.add(replica.address);
    }

    void mend(Replica replica) {
        unreachable.remove(replica.address);
    }

    /** Calls to that replica are not answered, until it recovers or the cluster is closed. */
    void stall(Replica replica) {
        stalled.add(replica.address);
    }

    void recover(Replica replica) {
        synchronized (stalled) {
            stalled.remove(replica.address);
            stalled.notifyAll();
        }
    }

    /** The replica stops altogether, as by SIGSTOP. */
    void freeze(Replica replica) {
        replica.frozen = true;
        cut(replica);
    }

    void resume(Replica replica) {
        replica.frozen = false;
        mend(replica);
    }

    /** Lets time pass, heartbeat by heartbeat. */
    void pass(Duration duration) {
        for (long left = duration.toNanos();
                left > 0;
                left -= TIMING.heartbeat().toNanos()) {
            nanos.addAndGet(Math.min(left, TIMING.heartbeat().toNanos()));
            byAddress.values().stream().filter(r -> !r.frozen).forEach(this::beat);
        }
    }

    private void beat(Replica replica) {
        try {
            replica.node.renewLease();
            replica.node.tick(TIMING.heartbeat());
        } catch (StateStoreException e) {
            // The lifecycle's threads log it and go on.
        }
    }

    /** The incarnation ids that the registry names for a user's stream. */
    SortedSet<String> entry(String user) {
        String key = StreamEntry.key(StreamName.ofUser(user));
        return StreamEntry.parse(store.get(key).value()).incarnations();
    }

    @Override
    public void close() {
        byAddress.values().forEach(replica -> replica.node.stop());
    }

    /** What one replica calls the others through. */
    private final class Network implements PeerClient {
        private final String caller;

        private Network(Replica caller) {
            this.caller = caller.address;
        }

        @Override
        public PushResult push(Member peer, String from, PeerBatch batch) throws InterruptedException {
            awaitAnswer(peer);
            Replica target = byAddress.get(peer.address());
            if (target == null || isCut(peer)) {
                return PushResult.FAILED;
            }
            // As over the wire, also in that the codec is used.
            PeerBatch arrived = PushMessage.decode(PushMessage.encode(batch));
            return target.node.requestHandler().push(from, peer.incarnation(), arrived)
                    ? PushResult.ACCEPTED
                    : PushResult.STALE;
        }

        @Override
        public Map<String, Integer> countByUser(Member peer) throws IOException {
            return requestHandler(peer).countByUser(peer.incarnation()).orElseThrow(() -> new StalePeerException(peer));
        }

        @Override
        public List<ConnectionProgress> progress(Member peer, StreamName stream) throws IOException {
            return requestHandler(peer)
                    .progress(peer.incarnation(), stream)
                    .orElseThrow(() -> new StalePeerException(peer));
        }

        @Override
        public List<ConnectionInfo> list(Member peer, ConnectionInfo.Query query) throws IOException {
            return requestHandler(peer).list(peer.incarnation(), query).orElseThrow(() -> new StalePeerException(peer));
        }

        @Override
        public boolean close(Member peer, String id) throws IOException {
            return requestHandler(peer).close(peer.incarnation(), id).orElseThrow(() -> new StalePeerException(peer));
        }

        private PeerRequestHandler requestHandler(Member peer) throws IOException {
            Replica target = byAddress.get(peer.address());
            if (target == null) {
                throw new ConnectException("refused");
            }
            if (isCut(peer)) {
                throw new IOException("timed out");
            }
            return target.node.requestHandler();
        }

        private boolean isCut(Member peer) {
            return unreachable.contains(peer.address()) || unreachable.contains(caller);
        }

        private void awaitAnswer(Member peer) throws InterruptedException {
            synchronized (stalled) {
                while (stalled.contains(peer.address())) {
                    stalled.wait();
                }
            }
        }
    }
}
