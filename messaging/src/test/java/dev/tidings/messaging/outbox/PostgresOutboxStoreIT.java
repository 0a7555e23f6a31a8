package dev.tidings.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.messaging.outbox.OutboxStore.Selection;
import dev.tidings.sidecar.OutgoingEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresOutboxStoreIT extends OutboxStoreContract {
    private static final OutboxDatabase DATABASE = new OutboxDatabase();

    private final PostgresOutboxStore store = new PostgresOutboxStore(DATABASE.dataSource);
    private final Outbox outbox = new Outbox(DATABASE.jdbc, key -> {}, () -> null);

    @BeforeEach
    void clear() {
        DATABASE.clear();
    }

    @Override
    OutboxStore store() {
        return store;
    }

    @Override
    OutgoingEvent append(String topic, String key, String payload) {
        UUID id = DATABASE.transaction.execute(
                status -> outbox.append(new OutboxEvent(topic, key, "task.created", payload)));
        Set<Integer> all = IntStream.range(0, Slots.COUNT).boxed().collect(Collectors.toSet());
        return store.waiting(new Selection(all, Set.of(), Set.of(), 1_000, 1_000_000)).stream()
                .filter(event -> event.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Override
    void letLeasesRunOut() {
        DATABASE.jdbc
                .sql("UPDATE outbox_slot SET lease_until = now() - interval '1 second' WHERE relay IS NOT NULL")
                .update();
        DATABASE.jdbc
                .sql("UPDATE outbox_relay SET alive_until = now() - interval '1 second'")
                .update();
    }

    @Test
    void aSlotThatRanOutUnnoticedIsRenewedByItsHolder() {
        UUID relay = UUID.randomUUID();
        Set<Integer> held = store.lease(relay, Duration.ofMinutes(1));
        letLeasesRunOut();

        assertThat(store.lease(relay, Duration.ofMinutes(1))).isEqualTo(held);
    }

    @Test
    void publishedEventsArePrunedAfterTheirTimeAndUnsentOnesNever() {
        OutgoingEvent old = append("task-updates", "a", "{}");
        OutgoingEvent recent = append("task-updates", "a", "{}");
        OutgoingEvent unsent = append("task-updates", "a", "{}");
        store.markPublished(List.of(old.id(), recent.id()));
        DATABASE.jdbc
                .sql(
                        "UPDATE outbox SET created_at = now() - interval '2 days', published_at = published_at - interval '1 day'"
                                + " WHERE id IN (:ids)")
                .param("ids", List.of(old.id(), unsent.id()))
                .update();

        try (Housekeeping housekeeping =
                new Housekeeping(DATABASE.dataSource, Duration.ofHours(6), new SimpleMeterRegistry())) {
            assertThat(housekeeping.prune()).isOne();
            OutboxState state = housekeeping.measure();
            assertThat(state.backlog()).isOne();
            assertThat(state.oldestAge()).isBetween(Duration.ofDays(2), Duration.ofDays(3));
        }
        assertThat(DATABASE.jdbc.sql("SELECT id FROM outbox").query(UUID.class).list())
                .containsExactlyInAnyOrder(recent.id(), unsent.id());
    }

    @Test
    void thereAreAsManySlotsInTheTableAsInTheCode() {
        assertThat(DATABASE.jdbc
                        .sql("SELECT slot FROM outbox_slot ORDER BY slot")
                        .query(Integer.class)
                        .list())
                .isEqualTo(IntStream.range(0, Slots.COUNT).boxed().toList());
    }
}
