package dev.tidings.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.sidecar.EventPublisher;
import dev.tidings.sidecar.EventPublisher.PublishResult.PublishFailed;
import dev.tidings.sidecar.EventPublisher.PublishResult.Published;
import dev.tidings.sidecar.OutgoingEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RelayTest {
    private static final RelaySettings SETTINGS =
            RelaySettings.of(Duration.ofSeconds(1), Duration.ofSeconds(6), Duration.ofSeconds(2), Duration.ofHours(6));

    private Instant now = Instant.parse("2026-02-07T12:00:00Z");
    private final InMemoryOutboxStore store = new InMemoryOutboxStore(() -> now);
    private final Bus bus = new Bus();
    private final Relay relay = relay(store);

    @Test
    void whatWaitsIsPublishedAtOnceAndMarked() {
        OutgoingEvent one = append("a");
        OutgoingEvent two = append("b");

        Duration wait = relay.round();

        assertThat(bus.received).containsExactly(one, two);
        assertThat(bus.calls).isEqualTo(1);
        assertThat(store.unsent()).isEmpty();
        assertThat(wait).as("nothing is left").isPositive();
    }

    @Test
    void whatALimitLeftBehindIsPublishedAtOnce() {
        for (int i = 0; i <= SETTINGS.batchEvents(); i++) {
            append("key" + i);
        }
        assertThat(relay.round()).as("one is left").isZero();
        assertThat(relay.round()).isPositive();
        assertThat(store.unsent()).isEmpty();
    }

    @Test
    void whatTheLimitOfBytesLeftBehindIsPublishedAtOnce() {
        for (int i = 0; i < 3; i++) {
            append("key" + i, "\"" + "ä".repeat(SETTINGS.batchBytes() / 4) + "\"");
        }
        assertThat(relay.round()).as("one is left").isZero();
        assertThat(relay.round()).isPositive();
        assertThat(store.unsent()).isEmpty();
    }

    @Test
    void topicsDoNotWaitForEachOther() {
        store.append(Events.of("task-updates", "a"));
        store.append(Events.of("sessions-generated", "a"));
        CountDownLatch both = new CountDownLatch(2);
        EventPublisher publisher = (topic, events) -> {
            both.countDown();
            return awaits(both) ? new Published() : new PublishFailed("the other topic was not published meanwhile");
        };

        relay(store, publisher).round();

        assertThat(store.unsent()).isEmpty();
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCrashBetweenPublishAndMarkRepeatsTheEventWithItsId() {
        OutgoingEvent event = append("a");
        relay.round();
        store.published.clear();

        relay(store).round();
        now = now.plusSeconds(7);
        relay(store).round();

        assertThat(bus.received).containsExactly(event, event);
    }

    @Test
    void aRelayThatSleptThroughItsLeasePublishesNothingBeforeItRenewedIt() {
        append("a");
        relay.round();
        append("a");
        now = now.plusSeconds(10);
        Relay other = relay(store);
        other.round();

        OutgoingEvent third = append("a");
        relay.round();

        assertThat(relay.holds(Slots.of("a"))).isFalse();
        assertThat(bus.received).doesNotContain(third);
    }

    @Test
    void aRefusedKeyWaitsAloneAndItsReasonIsNoted() {
        OutgoingEvent bad = append("bad");
        OutgoingEvent behindBad = append("bad");
        bus.refuse.add(bad.id());
        List<OutgoingEvent> good = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            good.add(append("good" + i));
        }

        runFor(Duration.ofMinutes(1));

        assertThat(bus.received).containsAll(good).doesNotContain(bad);
        assertThat(store.unsent()).containsExactly(bad, behindBad);
        assertThat(store.reasons).containsKey(bad.id());

        bus.refuse.clear();
        runFor(Duration.ofMinutes(1));
        assertThat(store.unsent()).isEmpty();
        assertThat(bus.firstArrivals("bad")).containsExactly(bad, behindBad);
    }

    @Test
    void anAbsentSidecarLosesNothingAndIsFoundAgainWithinSeconds() {
        bus.reachable = false;
        List<OutgoingEvent> events = List.of(append("a"), append("b"), append("a"));
        runFor(Duration.ofMinutes(10));
        assertThat(bus.calls).isLessThan(1_000);

        bus.reachable = true;
        runFor(Duration.ofSeconds(3));

        assertThat(bus.received).containsExactlyElementsOf(events);
    }

    @Test
    void whateverFailsEachKeyArrivesCompleteAndInOrder() {
        long seed = new SplittableRandom().nextLong();
        System.out.println("RelayTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        bus.trouble = random;
        Map<String, List<OutgoingEvent>> written = new LinkedHashMap<>();
        List<Relay> relays = new ArrayList<>(List.of(relay, relay(store)));

        for (int i = 0; i < 3_000; i++) {
            String key = "key" + random.nextInt(20);
            written.computeIfAbsent(key, k -> new ArrayList<>()).add(append(key));
            if (random.nextInt(10) == 0) {
                relays.get(random.nextInt(2)).round();
                now = now.plusMillis(random.nextInt(100));
            }
            if (random.nextInt(500) == 0) {
                // Killed: its slots stay leased, what it published last was never marked.
                relays.set(random.nextInt(2), relay(store));
                store.published.removeAll(bus.lastBulk);
                now = now.plusSeconds(random.nextInt(10));
            }
        }
        bus.trouble = null;
        for (int i = 0; i < 5_000 && !store.unsent().isEmpty(); i++) {
            relays.forEach(Relay::round);
            now = now.plusMillis(100);
        }

        assertThat(store.unsent()).isEmpty();
        written.forEach((key, events) -> assertThat(bus.firstArrivals(key)).isEqualTo(events));
    }

    private void runFor(Duration duration) {
        Instant end = now.plus(duration);
        while (now.isBefore(end)) {
            now = now.plus(relay.round());
        }
    }

    private OutgoingEvent append(String key) {
        return append(key, "{}");
    }

    private OutgoingEvent append(String key, String payload) {
        OutgoingEvent event = Events.of(Events.TOPIC, key, payload);
        store.append(event);
        return event;
    }

    private Relay relay(OutboxStore store) {
        return relay(store, bus);
    }

    private Relay relay(OutboxStore store, EventPublisher publisher) {
        return new Relay(
                UUID.randomUUID(),
                store,
                publisher,
                SETTINGS,
                () -> now,
                new SplittableRandom(1),
                new RelayMetrics(new SimpleMeterRegistry(), () -> now));
    }

    /** A bus that fails like Dapr: one answer for the whole bulk, while some of it may have arrived. */
    private static final class Bus implements EventPublisher {
        final List<OutgoingEvent> received = new ArrayList<>();
        final Set<UUID> refuse = new LinkedHashSet<>();
        List<UUID> lastBulk = List.of();
        boolean reachable = true;

        @Nullable
        SplittableRandom trouble;

        int calls;

        @Override
        public PublishResult publish(String topic, List<OutgoingEvent> events) {
            calls++;
            if (!reachable) {
                return new PublishResult.SidecarUnreachable("connection refused");
            }
            if (events.stream().anyMatch(event -> refuse.contains(event.id()))) {
                return new PublishResult.PublishFailed("message too large");
            }
            if (trouble != null) {
                switch (trouble.nextInt(10)) {
                    case 0 -> {
                        return new PublishResult.SidecarUnreachable("connection refused");
                    }
                    case 1 -> {
                        // The broker took a part, in order, and then the connection broke.
                        received.addAll(events.subList(0, trouble.nextInt(events.size() + 1)));
                        return new PublishResult.PublishFailed("broken pipe");
                    }
                    case 2 -> {
                        return refuseOneKey(events, trouble);
                    }
                    default -> {}
                }
            }
            received.addAll(events);
            lastBulk = events.stream().map(OutgoingEvent::id).toList();
            return new PublishResult.Published();
        }

        private PublishResult refuseOneKey(List<OutgoingEvent> events, SplittableRandom random) {
            OrderingKey key = OrderingKey.of(events.get(random.nextInt(events.size())));
            Map<UUID, String> reasons = new HashMap<>();
            for (OutgoingEvent event : events) {
                if (OrderingKey.of(event).equals(key)) {
                    reasons.put(event.id(), "leader not available");
                } else {
                    received.add(event);
                }
            }
            return new PublishResult.PartlyRefused(reasons);
        }

        /** As a consumer sees them who drops repeats. */
        List<OutgoingEvent> firstArrivals(String key) {
            return received.stream()
                    .filter(event -> event.key().equals(key))
                    .distinct()
                    .collect(Collectors.toList());
        }
    }
}
