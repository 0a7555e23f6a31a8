package dev.tidings.messaging.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.concurrent.Concurrently;
import dev.tidings.messaging.outbox.OutboxStore.Selection;
import dev.tidings.sidecar.EventPublisher;
import dev.tidings.sidecar.EventPublisher.PublishResult.PartlyRefused;
import dev.tidings.sidecar.EventPublisher.PublishResult.PublishFailed;
import dev.tidings.sidecar.EventPublisher.PublishResult.Published;
import dev.tidings.sidecar.EventPublisher.PublishResult.SidecarUnreachable;
import dev.tidings.sidecar.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one round of {@code claim → publish → mark}. One thread calls all methods except {@link #holds}. */
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

    /** @param clock measures leases and backoff, so it must not jump */
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
                new RelaySchedule(settings.batchEvents(), settings.keyBackoff(), settings.topicBackoff(), random);
    }

    /** Returns whether this relay holds the slot. Safe for any thread. */
    boolean holds(int slot) {
        return slots.contains(slot);
    }

    /** Publishes the events that are due. Returns the time until the next round, which a wake-up shortens. */
    Duration round() {
        renewLeases();
        Instant now = clock.instant();
        Selection selection = new Selection(
                slots,
                schedule.pausedTopics(now),
                schedule.keysInBackoff(now),
                settings.batchEvents(),
                settings.batchBytes());
        List<OutgoingEvent> waiting = slots.isEmpty() ? List.of() : store.waiting(selection);
        if (waiting.isEmpty()) {
            schedule.forgetAllBut(waiting, now);
        }
        List<Bulk> plan = schedule.plan(waiting, now);
        boolean isInTime = !clock.instant().plus(settings.publishTimeout()).isAfter(leasedUntil);
        int sent = isInTime && !plan.isEmpty() ? send(plan) : 0;
        metrics.blockedKeys(schedule.blockedKeys());
        boolean nothingIsLeft = sent == waiting.size() && !isFull(waiting);
        return plan.isEmpty() || nothingIsLeft ? untilNextRound() : Duration.ZERO;
    }

    /** Whether a limit of the selection may have left events behind. */
    private boolean isFull(List<OutgoingEvent> selected) {
        return selected.size() == settings.batchEvents()
                || selected.stream()
                                .mapToLong(event -> event.payload().getBytes(UTF_8).length)
                                .sum()
                        >= settings.batchBytes();
    }

    /** Returns all leases, so that another relay takes over at once. */
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
            log.info("Relay {} holds the outbox slots {}", id, held);
            slots = Set.copyOf(held);
            schedule.keepOnly(slots);
            metrics.slots(slots.size());
        }
    }

    private record BulkResult(Bulk bulk, EventPublisher.PublishResult outcome) {
        List<OutgoingEvent> accepted() {
            return switch (outcome) {
                case Published() -> bulk.events();
                case PartlyRefused(Map<UUID, String> reasonById) ->
                    bulk.events().stream()
                            .filter(event -> !reasonById.containsKey(event.id()))
                            .toList();
                case PublishFailed _, SidecarUnreachable _ -> List.of();
            };
        }
    }

    /** Publishes bulks of different keys, so their order among each other is free. Returns the number of accepted events. */
    private int send(List<Bulk> plan) {
        List<BulkResult> results = Concurrently.map(plan, this::publish);
        List<OutgoingEvent> accepted =
                results.stream().map(BulkResult::accepted).flatMap(List::stream).toList();
        if (!accepted.isEmpty()) {
            store.markPublished(accepted.stream().map(OutgoingEvent::id).toList());
            metrics.published(accepted);
        }
        results.forEach(this::conclude);
        return accepted.size();
    }

    private BulkResult publish(Bulk bulk) {
        Instant start = clock.instant();
        EventPublisher.PublishResult outcome = publisher.publish(bulk.topic(), bulk.events());
        metrics.called(bulk, outcome, Duration.between(start, clock.instant()));
        return new BulkResult(bulk, outcome);
    }

    private void conclude(BulkResult result) {
        Instant now = clock.instant();
        Bulk bulk = result.bulk();
        switch (result.outcome()) {
            case Published() -> schedule.published(bulk);
            case PartlyRefused(Map<UUID, String> reasonById) -> {
                schedule.refused(bulk, reasonById.keySet(), now);
                note(reasonById);
            }
            case PublishFailed(String reason) -> {
                schedule.failed(bulk, now);
                if (bulk.events().size() == 1) {
                    note(Map.of(bulk.ids().getFirst(), reason));
                } else {
                    log.warn(
                            "Publishing a bulk of {} events to topic {} failed ({}); it is retried in smaller bulks",
                            bulk.events().size(),
                            bulk.topic(),
                            reason);
                }
            }
            case SidecarUnreachable(String reason) -> {
                int failures = schedule.unreachable(bulk, now);
                if (Integer.bitCount(failures) == 1) {
                    log.warn(
                            "The sidecar does not accept events for topic {} ({}), attempt {}; they stay in the outbox and are retried",
                            bulk.topic(),
                            reason,
                            failures);
                }
            }
        }
    }

    private void note(Map<UUID, String> reasonById) {
        reasonById.forEach((event, reason) -> log.warn(
                "Event {} was rejected ({}); its key is blocked until a retry of this event succeeds, other keys continue",
                event,
                reason));
        store.recordRejection(reasonById);
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
