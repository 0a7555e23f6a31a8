package dev.tidings.messaging.outbox;

import dev.tidings.messaging.outbox.OutboxStore.Selection;
import dev.tidings.messaging.publishing.EventPublisher;
import dev.tidings.messaging.publishing.EventPublisher.Outcome.Failed;
import dev.tidings.messaging.publishing.EventPublisher.Outcome.PartlyRefused;
import dev.tidings.messaging.publishing.EventPublisher.Outcome.Published;
import dev.tidings.messaging.publishing.EventPublisher.Outcome.Unreachable;
import dev.tidings.messaging.publishing.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop {@code claim → publish → mark}, one round at a time. Called by one thread, except {@link #holds}. */
final class Relay {
    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private final UUID id;
    private final OutboxStore store;
    private final EventPublisher publisher;
    private final RelaySettings settings;
    private final InstantSource clock;
    private final RelayMetrics metrics;
    private final RelaySchedule schedule;

    private volatile Set<Integer> slots = Set.of();
    private Instant leasedUntil = Instant.MIN;
    private Instant nextRenewal = Instant.MIN;

    /** @param clock must not jump: leases and backoff are measured by it */
    Relay(
            UUID id,
            OutboxStore store,
            EventPublisher publisher,
            RelaySettings settings,
            InstantSource clock,
            RandomGenerator random,
            RelayMetrics metrics) {
        this.id = id;
        this.store = store;
        this.publisher = publisher;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        this.schedule =
                new RelaySchedule(settings.batchEvents(), settings.laneBackoff(), settings.topicBackoff(), random);
    }

    /** Whether events of that slot are this relay's to publish. Any thread. */
    boolean holds(int slot) {
        return slots.contains(slot);
    }

    /** Sends what may be sent now. Returns how long to wait for the next round, should no wake-up come before. */
    Duration round() {
        renewLeases();
        Instant now = clock.instant();
        Selection selection = new Selection(
                slots,
                schedule.pausedTopics(now),
                schedule.waitingLanes(now),
                settings.batchEvents(),
                settings.batchBytes());
        List<OutgoingEvent> waiting = slots.isEmpty() ? List.of() : store.waiting(selection);
        if (waiting.isEmpty()) {
            schedule.forgetAllBut(waiting, now);
        }
        List<Bulk> plan = schedule.plan(waiting, now);
        for (Bulk shipment : plan) {
            if (clock.instant().plus(settings.publishTimeout()).isAfter(leasedUntil)) {
                break;
            }
            send(shipment);
        }
        metrics.lanesOnTrial(schedule.lanesOnTrial());
        return plan.isEmpty() ? untilNextRound() : Duration.ZERO;
    }

    /** Gives everything back, so that another relay need not wait for the leases to run out. */
    void release() {
        slots = Set.of();
        leasedUntil = Instant.MIN;
        nextRenewal = Instant.MIN;
        store.release(id);
    }

    private void renewLeases() {
        Instant before = clock.instant();
        if (before.isBefore(nextRenewal)) {
            return;
        }
        Set<Integer> held = store.lease(id, settings.lease());
        leasedUntil = before.plus(settings.lease());
        nextRenewal = before.plus(settings.leaseRenewal());
        if (!held.equals(slots)) {
            log.info("Relay {} publishes the outbox's slots {}", id, held);
            slots = Set.copyOf(held);
            schedule.keepOnly(slots);
            metrics.slots(slots.size());
        }
    }

    private void send(Bulk shipment) {
        Instant start = clock.instant();
        EventPublisher.Outcome outcome = publisher.publish(shipment.topic(), shipment.events());
        Instant now = clock.instant();
        metrics.called(shipment, outcome, Duration.between(start, now));
        switch (outcome) {
            case Published() -> {
                mark(shipment.events());
                schedule.published(shipment);
            }
            case PartlyRefused(Map<UUID, String> reasonById) -> {
                mark(shipment.events().stream()
                        .filter(event -> !reasonById.containsKey(event.id()))
                        .toList());
                schedule.refused(shipment, reasonById.keySet(), now);
                note(reasonById);
            }
            case Failed(String reason) -> {
                schedule.failed(shipment, now);
                if (shipment.events().size() == 1) {
                    note(Map.of(shipment.ids().getFirst(), reason));
                } else {
                    log.warn(
                            "A bulk of {} events for topic {} failed ({}); it is tried again in smaller parts",
                            shipment.events().size(),
                            shipment.topic(),
                            reason);
                }
            }
            case Unreachable(String reason) -> {
                int failures = schedule.unreachable(shipment, now);
                if (Integer.bitCount(failures) == 1) {
                    log.warn(
                            "The sidecar does not take events for topic {} ({}), attempt {}; they wait and are tried again",
                            shipment.topic(),
                            reason,
                            failures);
                }
            }
        }
    }

    private void mark(List<OutgoingEvent> events) {
        if (!events.isEmpty()) {
            store.markPublished(events.stream().map(OutgoingEvent::id).collect(Collectors.toList()));
            metrics.published(events);
        }
    }

    private void note(Map<UUID, String> reasonById) {
        reasonById.forEach((event, reason) -> log.warn(
                "Event {} was refused ({}); its key waits and is tried again alone, other keys go on", event, reason));
        store.noteRefused(reasonById);
    }

    private Duration untilNextRound() {
        Instant now = clock.instant();
        Instant next = now.plus(settings.poll());
        if (nextRenewal.isBefore(next)) {
            next = nextRenewal;
        }
        Instant due = schedule.nextDue(now).orElse(next);
        Duration wait = Duration.between(now, due.isBefore(next) ? due : next);
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
