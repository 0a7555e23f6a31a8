package dev.tidings.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidings.sidecar.EventPublisher;
import dev.tidings.sidecar.OutgoingEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Several relays on one real outbox (R-PF-10). The bus is a list, so that every single arrival can be looked at. */
class RelayClusterIT {
    private static final OutboxDatabase DATABASE = new OutboxDatabase();
    private static final RelaySettings SETTINGS =
            RelaySettings.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofHours(6));

    private final Bus bus = new Bus();

    @BeforeEach
    void clear() {
        DATABASE.clear();
    }

    @Test
    void twoRelaysPublishTenThousandEventsOnceEachAndInOrderPerKey() throws Exception {
        Map<String, List<UUID>> written;
        RelaySettings longLeases = RelaySettings.of(
                Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofHours(6));
        try (OutboxRelay one = relay(bus, longLeases);
                OutboxRelay other = relay(bus, longLeases)) {
            one.start();
            other.start();
            await().until(() -> slotsOfEachRelay().equals(List.of(8, 8)));

            written = writeTenThousand(one, other);

            await().until(() -> DATABASE.unsent() == 0);
        }
        assertThat(bus.arrivals).hasSize(10_000);
        assertThat(bus.ids()).hasSize(10_000);
        written.forEach((key, ids) -> assertThat(bus.firstArrivals(key)).isEqualTo(ids));
    }

    @Test
    void aSecondRelayTakesOverFromOneThatDiedBetweenPublishAndMarkAndRepeatsItsIds() {
        Bus dying = new Bus();
        Relay dead = new Relay(
                UUID.randomUUID(),
                new DiesBeforeMarking(new PostgresOutboxStore(DATABASE.dataSource)),
                dying,
                SETTINGS,
                InstantSource.system(),
                new SplittableRandom(1),
                new RelayMetrics(new SimpleMeterRegistry(), InstantSource.system()));
        Outbox outbox = new Outbox(DATABASE.jdbc, key -> {}, () -> null);
        for (int i = 0; i < 10; i++) {
            append(DATABASE.transaction, outbox, "user-" + i % 3);
        }
        assertThatThrownBy(dead::round).hasMessage("killed");

        try (OutboxRelay survivor = relay(bus)) {
            survivor.start();
            await().until(() -> DATABASE.unsent() == 0);
        }

        assertThat(bus.arrivals).containsExactlyElementsOf(dying.arrivals).hasSize(10);
    }

    @Test
    void anEventOfAnotherRelaysSlotLeavesWithoutWaitingForItsNextPoll() {
        RelaySettings patient =
                RelaySettings.of(Duration.ofHours(1), Duration.ofHours(3), Duration.ofSeconds(1), Duration.ofHours(6));
        try (OutboxRelay holder = relay(bus, patient);
                OutboxRelay other = relay(bus, patient)) {
            holder.start();
            await().until(() -> slotsOfEachRelay().equals(List.of(16)));
            other.start();
            Outbox outbox = new Outbox(DATABASE.jdbc, other, () -> null);

            // Each round of the wait writes one more: a ring before the holder listens may be lost.
            await().until(() -> {
                append(DATABASE.transaction, outbox, "user-1");
                return bus.arrivals.size() >= 3;
            });
        }
    }

    @Test
    void aRelayThatClosesHandsItsSlotsOverAtOnce() {
        OutboxRelay one = relay(bus);
        one.start();
        await().until(() -> slotsOfEachRelay().equals(List.of(16)));
        one.close();

        assertThat(slotsOfEachRelay()).isEmpty();
    }

    private Map<String, List<UUID>> writeTenThousand(OutboxRelay one, OutboxRelay other) throws Exception {
        Map<String, List<UUID>> written = new ConcurrentHashMap<>();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(writer -> writers.submit(() -> {
                        try (var connection = DATABASE.dataSource.getConnection()) {
                            SingleConnectionDataSource mine = new SingleConnectionDataSource(connection, true);
                            TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(mine));
                            Outbox outbox =
                                    new Outbox(JdbcClient.create(mine), writer % 2 == 0 ? one : other, () -> null);
                            start.await();
                            for (int i = 0; i < 2_500; i++) {
                                // A key has one writer at a time, as by the lock of its aggregate.
                                String key = "user-" + writer + "-" + i % 25;
                                written.computeIfAbsent(key, k -> new ArrayList<>())
                                        .add(append(transaction, outbox, key));
                            }
                            return null;
                        }
                    }))
                    .toList();
            start.countDown();
            for (Future<?> writer : done) {
                writer.get();
            }
        }
        return written;
    }

    private static UUID append(TransactionTemplate transaction, Outbox outbox, String key) {
        return transaction.execute(status -> outbox.append(new OutboxEvent("task-updates", key, "task.created", "{}")));
    }

    private static List<Integer> slotsOfEachRelay() {
        return DATABASE.jdbc
                .sql("SELECT count(*) FROM outbox_slot WHERE relay IS NOT NULL AND lease_until > now() GROUP BY relay")
                .query((row, n) -> row.getInt(1))
                .list();
    }

    private static OutboxRelay relay(EventPublisher publisher) {
        return relay(publisher, SETTINGS);
    }

    private static OutboxRelay relay(EventPublisher publisher, RelaySettings settings) {
        return new OutboxRelay(DATABASE.dataSource, publisher, settings, new SimpleMeterRegistry());
    }

    private static final class Bus implements EventPublisher {
        final Collection<OutgoingEvent> arrivals = new ConcurrentLinkedQueue<>();

        @Override
        public PublishResult publish(String topic, List<OutgoingEvent> events) {
            arrivals.addAll(events);
            return new PublishResult.Published();
        }

        Set<UUID> ids() {
            Set<UUID> ids = new HashSet<>();
            arrivals.forEach(event -> ids.add(event.id()));
            return ids;
        }

        List<UUID> firstArrivals(String key) {
            return arrivals.stream()
                    .filter(event -> event.key().equals(key))
                    .map(OutgoingEvent::id)
                    .distinct()
                    .toList();
        }
    }

    private record DiesBeforeMarking(OutboxStore store) implements OutboxStore {
        @Override
        public Set<Integer> lease(UUID relay, Duration duration) {
            return store.lease(relay, duration);
        }

        @Override
        public void release(UUID relay) {
            throw new IllegalStateException("a dead relay releases nothing");
        }

        @Override
        public List<OutgoingEvent> waiting(Selection selection) {
            return store.waiting(selection);
        }

        @Override
        public void markPublished(Collection<UUID> ids) {
            throw new IllegalStateException("killed");
        }

        @Override
        public void recordRejection(Map<UUID, String> reasonById) {
            throw new IllegalStateException("killed");
        }
    }
}
