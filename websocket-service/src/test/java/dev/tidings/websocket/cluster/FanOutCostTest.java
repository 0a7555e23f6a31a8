package dev.tidings.websocket.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.websocket.cluster.TestCluster.Replica;
import dev.tidings.websocket.cluster.peers.TestEvents;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an event costs in reads of the registry and calls between replicas, and what the cache of entries must not break. */
class FanOutCostTest {
    private static final StreamName ADA = StreamName.ofUser("ada");
    private final TestCluster cluster = new TestCluster();
    private long number;

    @AfterEach
    void end() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void an_event_is_sent_to_its_holder_only_and_needs_no_read_however_many_replicas_there_are(int count) {
        List<Replica> replicas = cluster.start(count);
        Replica ingesting = replicas.get(0);
        Replica holder = replicas.get(1);
        holder.connect("ada");
        awaitCached(ingesting, holder);
        double lookups = ingesting.count("lookups");
        double sent = ingesting.count("events.sent");

        for (int i = 0; i < 20; i++) {
            routeAndAwait(ingesting, holder);
        }

        assertThat(ingesting.count("lookups")).isEqualTo(lookups);
        await().untilAsserted(() -> assertThat(ingesting.count("events.sent")).isEqualTo(sent + 20));
        replicas.stream()
                .filter(replica -> replica != holder && replica != ingesting)
                .forEach(replica ->
                        assertThat(replica.connections.numbersOf(ADA)).isEmpty());
    }

    @Test
    void a_replica_that_registers_a_stream_after_it_was_cached_receives_the_next_event() {
        List<Replica> replicas = cluster.start(3);
        replicas.get(1).connect("ada");
        awaitCached(replicas.get(0), replicas.get(1));

        replicas.get(2).connect("ada");
        // The event may be routed before the notice arrives; then it is pushed again when it arrives.
        replicas.get(0).route(TestEvents.event(ADA, ++number));

        await().until(() -> replicas.get(2).connections.numbersOf(ADA).contains(number));
    }

    @Test
    void a_stream_that_was_cached_as_nobody_s_reaches_its_first_holder() {
        List<Replica> replicas = cluster.start(2);
        double lookups = replicas.get(0).count("lookups");
        replicas.get(0).route(TestEvents.event(ADA, ++number));
        await().until(() -> replicas.get(0).count("lookups") > lookups);

        replicas.get(1).connect("ada");
        replicas.get(0).route(TestEvents.event(ADA, ++number));

        await().until(() -> replicas.get(1).connections.numbersOf(ADA).contains(number));
    }

    @Test
    void notices_that_could_not_be_delivered_empty_the_cache_when_the_peer_is_reached_again() {
        List<Replica> replicas = cluster.start(3);
        replicas.get(1).connect("ada");
        awaitCached(replicas.get(0), replicas.get(1));
        cluster.cut(replicas.get(2));
        replicas.get(2).connect("ada");
        await().until(() -> replicas.get(2).count("pushes.failed") > 0);
        int sweeps = replicas.get(0).connections.sweeps();
        cluster.mend(replicas.get(2));
        await().until(() -> replicas.get(0).connections.sweeps() > sweeps);

        replicas.get(0).route(TestEvents.event(ADA, ++number));

        await().until(() -> replicas.get(2).connections.numbersOf(ADA).contains(number));
    }

    /** Routes events until one needs no read. Entries are used only after every peer has announced itself. */
    private void awaitCached(Replica ingesting, Replica holder) {
        await().until(() -> {
            double lookups = ingesting.count("lookups");
            routeAndAwait(ingesting, holder);
            return ingesting.count("lookups") == lookups;
        });
    }

    private void routeAndAwait(Replica ingesting, Replica holder) {
        long next = ++number;
        ingesting.route(TestEvents.event(ADA, next));
        await().until(() -> holder.connections.numbersOf(ADA).contains(next));
    }
}
