package dev.tidings.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.messaging.outbox.OutboxStore.Selection;
import dev.tidings.sidecar.OutgoingEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the relay relies on, of the real store and of the one for tests. */
abstract class OutboxStoreContract {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Set<Integer> ALL =
            IntStream.range(0, Slots.COUNT).boxed().collect(Collectors.toUnmodifiableSet());

    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();

    abstract OutboxStore store();

    /** Writes an event as a committed transaction would, and returns it as the relay will see it. */
    abstract OutgoingEvent append(String topic, String key, String payload);

    /** Makes all leases given so far run out. */
    abstract void letLeasesRunOut();

    @Test
    void aLonelyRelayHoldsEverySlot() {
        assertThat(store().lease(first, LEASE)).isEqualTo(ALL);
        assertThat(store().lease(first, LEASE)).isEqualTo(ALL);
    }

    @Test
    void twoRelaysShareTheSlotsWithoutOverlap() {
        store().lease(first, LEASE);
        assertThat(store().lease(second, LEASE)).isEmpty();
        Set<Integer> one = store().lease(first, LEASE);
        Set<Integer> other = store().lease(second, LEASE);

        assertThat(one).hasSize(Slots.COUNT / 2);
        Set<Integer> both = new TreeSet<>(one);
        both.addAll(other);
        assertThat(both).isEqualTo(ALL);
        assertThat(other).hasSize(Slots.COUNT / 2);
        assertThat(store().lease(first, LEASE)).isEqualTo(one);
    }

    @Test
    void theSlotsOfADeadRelayAreFreeWhenItsLeaseIsOver() {
        store().lease(first, LEASE);
        store().lease(second, LEASE);
        letLeasesRunOut();

        assertThat(store().lease(second, LEASE)).isEqualTo(ALL);
        assertThat(store().lease(first, LEASE)).isEmpty();
    }

    @Test
    void releasedSlotsAreFreeAtOnce() {
        store().lease(first, LEASE);
        store().release(first);

        assertThat(store().lease(second, LEASE)).isEqualTo(ALL);
    }

    @Test
    void eventsComeInTheOrderTheyWereWrittenUntilTheyAreMarked() {
        OutgoingEvent one = append("task-updates", "a", "{\"n\":1}");
        OutgoingEvent two = append("task-updates", "b", "{\"n\":2}");
        OutgoingEvent three = append("order.created", "a", "{\"n\":3}");

        assertThat(store().waiting(everything())).containsExactly(one, two, three);
        store().markPublished(List.of(one.id(), three.id()));
        assertThat(store().waiting(everything())).containsExactly(two);
        store().markPublished(List.of(one.id(), two.id()));
        assertThat(store().waiting(everything())).isEmpty();
    }

    @Test
    void aSelectionLeavesOutOtherSlotsTopicsAndLanes() {
        append("task-updates", "a", "{}");
        OutgoingEvent other = append("task-updates", "b", "{}");
        OutgoingEvent third = append("order.created", "a", "{}");

        OrderingKey key = new OrderingKey("task-updates", "a");
        assertThat(store().waiting(new Selection(ALL, Set.of(), Set.of(key), 10, 1000)))
                .containsExactly(other, third);
        assertThat(store().waiting(new Selection(ALL, Set.of("task-updates"), Set.of(), 10, 1000)))
                .containsExactly(third);
        Set<Integer> slots = new HashSet<>(ALL);
        slots.remove(Slots.of("a"));
        assertThat(store().waiting(new Selection(slots, Set.of(), Set.of(), 10, 1000)))
                .containsExactly(other);
    }

    @Test
    void aSelectionIsBoundedInEventsAndBytesButNeverEmptyForALargeEvent() {
        String large = "\"" + "x".repeat(500) + "\"";
        OutgoingEvent one = append("task-updates", "a", large);
        OutgoingEvent two = append("task-updates", "b", large);
        append("task-updates", "c", large);

        assertThat(store().waiting(new Selection(ALL, Set.of(), Set.of(), 2, 100_000)))
                .containsExactly(one, two);
        assertThat(store().waiting(new Selection(ALL, Set.of(), Set.of(), 10, 600)))
                .containsExactly(one, two);
        assertThat(store().waiting(new Selection(ALL, Set.of(), Set.of(), 10, 1)))
                .containsExactly(one);
    }

    @Test
    void aRefusedEventStillWaits() {
        OutgoingEvent event = append("task-updates", "a", "{}");

        store().recordRejection(Map.of(event.id(), "kafka: message too large\0" + "x".repeat(5_000)));

        assertThat(store().waiting(everything())).containsExactly(event);
    }

    private static Selection everything() {
        return new Selection(ALL, Set.of(), Set.of(), 1_000, 1_000_000);
    }
}
