package dev.tidings.websocket.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.devkit.Infrastructure;
import dev.tidings.sidecar.state.RealStateStore;
import dev.tidings.websocket.cluster.membership.ClusterTiming;
import dev.tidings.websocket.cluster.peers.ClusterQuery.ReplicaResponse;
import dev.tidings.websocket.cluster.peers.FakeConnections;
import dev.tidings.websocket.cluster.peers.HttpPeerClient;
import dev.tidings.websocket.cluster.peers.PeerServer;
import dev.tidings.websocket.cluster.peers.TestEvents;
import dev.tidings.websocket.stream.StreamName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R-WS-11 with nothing faked but the hub: real sidecar and store, real sockets, real time. */
class ClusterIT {
    private static final String SECRET = "the secret of this cluster";
    private static final StreamName ADA = StreamName.ofUser("ada");
    private static final ClusterTiming FAST = new ClusterTiming(
            Duration.ofMillis(500),
            Duration.ofSeconds(6),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(4),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofDays(7));

    private final List<AutoCloseable> open = new ArrayList<>();

    private record Replica(
            FakeConnections connections, ClusterNode node, PeerServer server, ClusterLifecycle lifecycle) {
        void connect(String user) {
            connections.connect(user);
            node.registry().opened(StreamName.ofUser(user));
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : open.reversed()) {
            part.close();
        }
    }

    @Test
    void replicas_find_each_other_through_redis_survive_its_loss_and_call_the_roll(@TempDir Path folder)
            throws Exception {
        RealStateStore store = start(RealStateStore.Component.REGISTRY_REDIS, folder);
        Replica one = replica("one", store);
        Replica two = replica("two", store);
        await().until(() -> one.node.peers() == 1 && two.node.peers() == 1);
        two.connect("ada");
        one.node.fanOut().route(List.of(TestEvents.event(ADA, 1)));
        await().untilAsserted(() -> assertThat(two.connections.numbersOf(ADA)).containsExactly(1L));

        String former = two.node.incarnation();
        int sweeps = two.connections.sweeps();
        // A replica that had read the member list writes it again after the flush, with both leases: then nothing is
        // lost yet.
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofSeconds(3)).until(() -> {
            if (two.node.incarnation().equals(former)) {
                Infrastructure.shared().flushRedis();
                return false;
            }
            return true;
        });
        await().until(() -> two.connections.sweeps() > sweeps);
        await().until(() -> one.node.peers() == 1 && two.node.peers() == 1);
        one.node.fanOut().route(List.of(TestEvents.event(ADA, 2)));
        await().untilAsserted(() -> assertThat(two.connections.numbersOf(ADA)).containsExactly(1L, 2L));

        assertThat(one.node.query().countByUser())
                .isEqualTo(two.node.query().countByUser())
                .extracting(counts -> counts.responses().get(1).value())
                .isEqualTo(Map.of("ada", 1));
        two.server.close();
        assertThat(one.node.query().countByUser().responses())
                .extracting(ReplicaResponse::name)
                .containsExactly("one");
    }

    @Test
    void the_registry_works_on_postgresql_too(@TempDir Path folder) throws Exception {
        RealStateStore store = start(RealStateStore.Component.REGISTRY_POSTGRESQL, folder);
        Replica one = replica("one", store);
        Replica two = replica("two", store);
        await().until(() -> one.node.peers() == 1 && two.node.peers() == 1);
        two.connect("ada");
        one.node.fanOut().route(List.of(TestEvents.event(ADA, 1)));
        await().untilAsserted(() -> assertThat(two.connections.numbersOf(ADA)).containsExactly(1L));
    }

    @Test
    void while_the_sidecar_is_away_peers_are_told_all_the_same(@TempDir Path folder) throws Exception {
        RealStateStore store = start(RealStateStore.Component.REGISTRY_REDIS, folder);
        Replica one = replica("one", store);
        Replica two = replica("two", store);
        await().until(() -> one.node.peers() == 1 && two.node.peers() == 1);

        store.sidecar().kill();

        one.node.fanOut().route(List.of(TestEvents.event(ADA, 1)));
        await().untilAsserted(() -> assertThat(two.connections.numbersOf(ADA)).containsExactly(1L));
    }

    private RealStateStore start(RealStateStore.Component component, Path folder) throws Exception {
        RealStateStore store = RealStateStore.start(component, folder);
        open.add(store);
        return store;
    }

    private Replica replica(String name, RealStateStore store) {
        FakeConnections connections = new FakeConnections();
        HttpPeerClient calls = new HttpPeerClient(SECRET, FAST.pushTimeout());
        List<PeerServer> server = new ArrayList<>();
        ClusterNode node = new ClusterNode(
                name,
                () -> "127.0.0.1:" + server.getFirst().port(),
                store.store(FAST.storeTimeout()),
                store.store(FAST.lookupTimeout()),
                calls,
                () -> connections,
                FAST,
                8,
                System::nanoTime,
                new SimpleMeterRegistry());
        server.add(new PeerServer("127.0.0.1", 0, SECRET, node.requestHandler()));
        ClusterLifecycle lifecycle = new ClusterLifecycle(node, server.getFirst(), FAST.heartbeat());
        lifecycle.start();
        open.add(calls);
        open.add(lifecycle::stop);
        return new Replica(connections, node, server.getFirst(), lifecycle);
    }
}
