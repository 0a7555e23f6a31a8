package dev.tidings.websocket.cluster;

import static dev.tidings.websocket.cluster.membership.Timings.TIMING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.websocket.cluster.TestCluster.Replica;
import dev.tidings.websocket.cluster.membership.Member;
import dev.tidings.websocket.cluster.membership.MemberList;
import dev.tidings.websocket.cluster.peers.ClusterQuery.ClusterResponse;
import dev.tidings.websocket.cluster.peers.ClusterQuery.ReplicaResponse;
import dev.tidings.websocket.cluster.peers.PeerQueue;
import dev.tidings.websocket.cluster.peers.TestEvents;
import dev.tidings.websocket.cluster.registry.StreamEntry;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R-WS-11 on replicas in one JVM: what the fan-out does when its parts break. */
class ClusterTest {
    private static final StreamName ADA = StreamName.ofUser("ada");
    private static final StreamName BOB = StreamName.ofUser("bob");
    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void an_event_reaches_every_replica_that_holds_its_stream_and_no_other() {
        List<Replica> replicas = cluster.start(3);
        replicas.get(0).connect("ada");
        replicas.get(1).connect("ada");
        replicas.get(2).connect("bob");

        replicas.get(0).route(TestEvents.event(ADA, 1));
        replicas.get(0).route(TestEvents.event(BOB, 1));

        awaitNumbers(replicas.get(0), ADA, 1L);
        awaitNumbers(replicas.get(1), ADA, 1L);
        awaitNumbers(replicas.get(2), BOB, 1L);
        assertThat(replicas.get(2).connections.numbersOf(ADA)).isEmpty();
        assertThat(replicas.get(1).connections.numbersOf(BOB)).isEmpty();
    }

    @Test
    void events_of_a_stream_arrive_in_order() {
        List<Replica> replicas = cluster.start(2);
        replicas.get(1).connect("ada");
        Long[] numbers = LongStream.rangeClosed(1, 2_000).boxed().toArray(Long[]::new);
        for (long number : numbers) {
            replicas.get(0).route(TestEvents.event(ADA, number));
        }
        awaitNumbers(replicas.get(1), ADA, numbers);
    }

    @Test
    void a_replica_that_joins_is_known_to_its_peers_before_their_next_heartbeat() {
        List<Replica> replicas = cluster.start(1);
        Replica second = cluster.start("replica-2");
        cluster.awaitPeers(1, replicas);
        second.connect("ada");

        replicas.getFirst().route(TestEvents.event(ADA, 1));

        awaitNumbers(second, ADA, 1L);
    }

    @Test
    void a_killed_replica_does_not_disturb_the_others_and_its_entries_are_pruned_at_the_next_write() {
        List<Replica> replicas = cluster.start(3);
        replicas.get(1).connect("ada");
        replicas.get(2).connect("ada");
        cluster.kill(replicas.get(2));

        replicas.get(0).route(TestEvents.event(ADA, 1));
        awaitNumbers(replicas.get(1), ADA, 1L);

        cluster.pass(TIMING.lease().plus(TIMING.heartbeat()));
        assertThat(replicas.get(0).node.peers()).isEqualTo(1);
        assertThat(cluster.entry("ada")).contains(replicas.get(2).incarnation());
        replicas.get(0).connect("ada");
        assertThat(cluster.entry("ada"))
                .containsExactlyInAnyOrder(
                        replicas.get(0).incarnation(), replicas.get(1).incarnation());
    }

    @Test
    void a_replica_started_again_in_the_same_place_is_told_and_its_former_self_is_not_counted() throws Exception {
        List<Replica> replicas = cluster.start(2);
        replicas.get(1).connect("ada");
        cluster.kill(replicas.get(1));
        Replica again = cluster.start("replica-2");
        again.connect("ada");

        assertThat(replicas.getFirst().node.query().countByUser().responses())
                .extracting(ReplicaResponse::id)
                .containsExactlyInAnyOrder(replicas.getFirst().incarnation(), again.incarnation());
        replicas.getFirst().route(TestEvents.event(ADA, 1));
        awaitNumbers(again, ADA, 1L);
    }

    @Test
    void what_could_not_be_forwarded_leaves_a_note_to_sweep() {
        List<Replica> replicas = cluster.start(2);
        replicas.get(1).connect("ada");
        await().until(() -> replicas.get(1).connections.sweeps() > 0); // After joining.
        int sweeps = replicas.get(1).connections.sweeps();
        cluster.cut(replicas.get(1));

        replicas.get(0).route(TestEvents.event(ADA, 1));
        await().until(() -> replicas.get(0).count("events.dropped") >= 1);
        cluster.mend(replicas.get(1));

        await().until(() -> replicas.get(1).connections.sweeps() > sweeps);
        assertThat(replicas.get(1).connections.numbersOf(ADA)).isEmpty();
        replicas.get(0).route(TestEvents.event(ADA, 2));
        awaitNumbers(replicas.get(1), ADA, 2L);
    }

    @Test
    void a_peer_that_stops_answering_while_events_flow_slows_nobody_else_and_sweeps_when_it_is_back() {
        List<Replica> replicas = cluster.start(3);
        replicas.get(1).connect("ada");
        replicas.get(2).connect("ada");
        await().until(() -> replicas.get(2).connections.sweeps() > 0);
        int sweeps = replicas.get(2).connections.sweeps();
        cluster.stall(replicas.get(2));

        int many = 25_000; // Far more than a peer's queue holds.
        for (int number = 1; number <= many; number += 5_000) {
            LoggedEvent[] batch = LongStream.range(number, number + 5_000)
                    .mapToObj(n -> TestEvents.event(ADA, n))
                    .toArray(LoggedEvent[]::new);
            replicas.get(0).route(batch);
            long last = number + 4_999;
            await().until(() -> {
                List<Long> numbers = replicas.get(1).connections.numbersOf(ADA);
                return !numbers.isEmpty() && numbers.getLast() == last;
            });
        }

        assertThat(replicas.get(1).connections.numbersOf(ADA)).hasSize(many);
        assertThat(replicas.get(0).count("events.dropped")).isPositive();
        cluster.recover(replicas.get(2));
        await().until(() -> replicas.get(2).connections.sweeps() > sweeps);
        replicas.get(0).route(TestEvents.event(ADA, many + 1));
        await().until(() -> replicas.get(2).connections.numbersOf(ADA).contains(many + 1L));
    }

    @Test
    void a_replica_frozen_longer_than_its_lease_comes_back_under_a_new_incarnation_with_all_its_streams_and_sweeps() {
        List<Replica> replicas = cluster.start(2);
        Replica frozen = replicas.get(1);
        frozen.connect("ada");
        frozen.connect("bob");
        await().until(() -> frozen.connections.sweeps() > 0);
        int sweeps = frozen.connections.sweeps();
        String former = frozen.incarnation();
        cluster.freeze(frozen);
        cluster.pass(Duration.ofSeconds(12));
        assertThat(replicas.getFirst().node.peers()).isZero();
        replicas.getFirst().connect("ada");
        assertThat(cluster.entry("ada")).doesNotContain(former);

        cluster.resume(frozen);
        cluster.pass(TIMING.heartbeat());

        assertThat(frozen.incarnation()).isNotEqualTo(former);
        await().until(() -> cluster.entry("ada").contains(frozen.incarnation()));
        await().until(() -> cluster.entry("bob").contains(frozen.incarnation()));
        await().until(() -> frozen.connections.sweeps() > sweeps);
        cluster.awaitPeers(1, replicas);
        replicas.getFirst().route(TestEvents.event(BOB, 7));
        awaitNumbers(frozen, BOB, 7L);
    }

    @Test
    void a_push_meant_for_a_former_incarnation_is_refused() {
        Replica replica = cluster.start(1).getFirst();
        var batch = new PeerQueue.PeerBatch(true, List.of(TestEvents.event(ADA, 1)), List.of());
        assertThat(replica.node.requestHandler().push("someone", "former", batch))
                .isFalse();
        assertThat(replica.connections.numbersOf(ADA)).isEmpty();
    }

    @Test
    void after_the_store_was_emptied_every_replica_registers_its_streams_again_and_sweeps() {
        List<Replica> replicas = cluster.start(2);
        replicas.get(0).connect("ada");
        replicas.get(1).connect("ada");
        List<String> former = replicas.stream().map(Replica::incarnation).toList();
        List<Integer> sweeps =
                replicas.stream().map(r -> r.connections.sweeps()).toList();

        cluster.store.empty();
        cluster.pass(TIMING.heartbeat());

        await().until(() -> cluster.entry("ada").size() == 2);
        assertThat(cluster.entry("ada"))
                .containsExactlyInAnyOrder(
                        replicas.get(0).incarnation(), replicas.get(1).incarnation())
                .doesNotContainAnyElementsOf(former);
        await().until(() -> replicas.get(0).connections.sweeps() > sweeps.get(0));
        await().until(() -> replicas.get(1).connections.sweeps() > sweeps.get(1));
        cluster.awaitPeers(1, replicas);
        replicas.get(0).route(TestEvents.event(ADA, 1));
        awaitNumbers(replicas.get(1), ADA, 1L);
    }

    @Test
    void while_the_store_is_silent_all_known_peers_are_told_and_nobody_is_called_dead() {
        List<Replica> replicas = cluster.start(3);
        replicas.get(1).connect("ada");
        cluster.store.fallSilent();
        cluster.pass(Duration.ofMinutes(2));

        replicas.get(0).route(TestEvents.event(ADA, 1));

        awaitNumbers(replicas.get(1), ADA, 1L);
        awaitNumbers(replicas.get(2), ADA, 1L);
        assertThat(replicas.get(0).count("events.broadcast")).isEqualTo(1);
    }

    @Test
    void a_connection_that_opens_while_the_store_is_silent_is_registered_later_and_swept_then() {
        List<Replica> replicas = cluster.start(2);
        cluster.store.fallSilent();
        replicas.get(1).connect("ada");
        int sweeps = replicas.get(1).connections.sweeps();
        cluster.store.answerAgain();
        cluster.pass(TIMING.heartbeat());

        assertThat(cluster.entry("ada")).containsExactly(replicas.get(1).incarnation());
        await().until(() -> replicas.get(1).connections.sweeps() > sweeps);
    }

    @Test
    void a_write_whose_answer_was_lost_neither_doubles_nor_loses_a_replica() {
        cluster.store.loseAnswersOfWrites(1);
        List<Replica> replicas = List.of(cluster.start("replica-1"));
        cluster.pass(TIMING.heartbeat());
        assertThat(replicas.getFirst().node.isJoined()).isTrue();
        assertThat(MemberList.parse(cluster.store.get(MemberList.KEY).value()).members())
                .extracting(Member::incarnation)
                .containsExactly(replicas.getFirst().incarnation());
    }

    @Test
    void an_entry_stays_while_its_user_reloads_and_goes_after_a_while() {
        Replica replica = cluster.start(1).getFirst();
        replica.connect("ada");
        replica.disconnect("ada");
        cluster.pass(TIMING.unregisterDelay().minus(TIMING.heartbeat()));
        assertThat(cluster.entry("ada")).containsExactly(replica.incarnation());

        cluster.pass(TIMING.heartbeat());

        assertThat(cluster.entry("ada")).isEmpty();
        assertThat(cluster.store.get(StreamEntry.key(ADA)).value())
                .as("an empty value with a nonce, never a deleted key")
                .isNotNull();
        assertThat(replica.node.registry().size()).isZero();
    }

    @Test
    void an_entry_that_the_store_lost_is_found_and_written_again() {
        Replica replica = cluster.start(1).getFirst();
        replica.connect("ada");
        cluster.store.lose(StreamEntry.key(ADA));
        int sweeps = replica.connections.sweeps();

        cluster.pass(TIMING.reconcileInterval().plus(TIMING.heartbeat()));

        assertThat(cluster.entry("ada")).containsExactly(replica.incarnation());
        await().until(() -> replica.connections.sweeps() > sweeps);
    }

    @Test
    void replicas_that_open_and_close_one_stream_at_the_same_time_leave_the_entry_that_is_true() throws Exception {
        List<Replica> replicas = cluster.start(3);
        long seed = new Random().nextLong();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = replicas.stream()
                    .map(replica -> executor.submit(() -> {
                        Random random = new Random(seed + replica.name.hashCode());
                        int open = 0;
                        for (int i = 0; i < 300; i++) {
                            if (open > 0 && random.nextBoolean()) {
                                replica.disconnect("ada");
                                open--;
                            } else {
                                replica.connect("ada");
                                open++;
                            }
                        }
                        return open;
                    }))
                    .toList();
            for (int i = 0; i < done.size(); i++) {
                for (int left = done.get(i).get(); i > 0 && left > 0; left--) {
                    replicas.get(i).disconnect("ada");
                }
            }
        }
        replicas.getFirst().connect("ada");

        cluster.pass(TIMING.unregisterDelay().plus(TIMING.heartbeat()));

        assertThat(cluster.entry("ada"))
                .as("seed %d", seed)
                .containsExactly(replicas.getFirst().incarnation());
    }

    @Test
    void a_replica_that_leaves_is_told_nothing_more() {
        List<Replica> replicas = cluster.start(2);
        replicas.get(1).node.leave();
        cluster.kill(replicas.get(1));
        cluster.pass(TIMING.heartbeat());
        assertThat(replicas.get(0).node.peers()).isZero();
    }

    @Test
    void every_replica_calls_the_same_roll_also_right_after_one_was_killed() throws Exception {
        List<Replica> replicas = cluster.start(3);
        replicas.get(0).connect("ada");
        replicas.get(1).connect("ada");
        replicas.get(1).connect("bob");
        replicas.get(2).connect("eve");
        ClusterResponse<Map<String, Integer>> all = replicas.get(0).node.query().countByUser();
        assertThat(all.responses())
                .extracting(ReplicaResponse::value)
                .containsExactly(Map.of("ada", 1), Map.of("ada", 1, "bob", 1), Map.of("eve", 1));
        assertThat(replicas.get(1).node.query().countByUser()).isEqualTo(all);

        cluster.kill(replicas.get(2));

        ClusterResponse<Map<String, Integer>> left =
                replicas.get(0).node.query().countByUser();
        assertThat(left.responses()).extracting(ReplicaResponse::name).containsExactly("replica-1", "replica-2");
        assertThat(left.silent()).isEmpty();
        assertThat(replicas.get(1).node.query().countByUser()).isEqualTo(left);
    }

    @Test
    void a_replica_that_holds_a_lease_and_does_not_answer_is_named_as_silent() throws Exception {
        List<Replica> replicas = cluster.start(2);
        cluster.freeze(replicas.get(1));
        assertThat(replicas.get(0).node.query().countByUser().silent()).containsExactly("replica-2");
    }

    @Test
    void without_peers_the_store_is_not_asked() {
        Replica alone = cluster.start(1).getFirst();
        alone.route(TestEvents.event(ADA, 1));
        awaitNumbers(alone, ADA, 1L);
        assertThat(cluster.store.lookups()).isZero();
    }

    private static void awaitNumbers(Replica replica, StreamName stream, Long... numbers) {
        await().untilAsserted(
                        () -> assertThat(replica.connections.numbersOf(stream)).containsExactly(numbers));
    }
}
