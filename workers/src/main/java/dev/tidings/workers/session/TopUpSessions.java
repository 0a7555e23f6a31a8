package dev.tidings.workers.session;

import dev.tidings.events.EventType;
import dev.tidings.events.SessionsGenerated;
import dev.tidings.events.TrainerAllocated;
import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.tutoring.PlannedSession;
import dev.tidings.tutoring.SessionPlan;
import dev.tidings.workers.runtime.Delivery;
import dev.tidings.workers.runtime.EventHandler;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.HandlerResult;
import dev.tidings.workers.session.SessionTopUpTable.Counts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Creates sessions until an allocation has seven upcoming ones. */
@Component
@ForWorker("session-worker")
class TopUpSessions implements EventHandler<TrainerAllocated> {
    static final int UPCOMING = 7;

    private static final Logger log = LoggerFactory.getLogger(TopUpSessions.class);

    private final SessionTopUpTable table;
    private final Outbox outbox;
    private final InstantSource clock;
    private final Counter expected;
    private final Counter created;

    TopUpSessions(SessionTopUpTable table, Outbox outbox, InstantSource clock, MeterRegistry registry) {
        this.table = table;
        this.outbox = outbox;
        this.clock = clock;
        this.expected = registry.counter("tidings.sessions.expected");
        // Not "created": the Prometheus client removes that suffix.
        this.created = registry.counter("tidings.sessions.scheduled");
    }

    @Override
    public boolean takes(String type) {
        return type.equals(EventType.TRAINER_ALLOCATED.wireName());
    }

    @Override
    public Class<TrainerAllocated> payload() {
        return TrainerAllocated.class;
    }

    /** One after the other: there is something to do only after a session was held or cancelled. */
    @Override
    public HandlerResult handle(List<Delivery<TrainerAllocated>> deliveries) {
        for (Delivery<TrainerAllocated> delivery : deliveries) {
            HandlerResult result = topUp(delivery);
            if (!(result instanceof HandlerResult.Done)) {
                return result;
            }
        }
        return HandlerResult.DONE;
    }

    private HandlerResult topUp(Delivery<TrainerAllocated> delivery) {
        UUID id = Delivery.uuid("allocationId", delivery.payload().allocationId());
        Optional<AllocationTerms> found = table.lockCurrent(id);
        if (found.isEmpty()) {
            return table.exists(id) ? HandlerResult.DONE : HandlerResult.permanent("there is no allocation " + id);
        }
        AllocationTerms allocation = found.get();
        Instant now = clock.instant();
        int missing = missing(table.count(id, now), allocation.tier());
        expected.increment(missing);
        List<UUID> made = missing == 0 ? List.of() : make(allocation, missing, now);
        if (!made.isEmpty()) {
            created.increment(made.size());
            delivery.traced(() -> announce(allocation, made, now));
        }
        return HandlerResult.DONE;
    }

    static int missing(Counts counts, int tier) {
        return Math.max(0, Math.min(UPCOMING - counts.upcoming(), tier - counts.made()));
    }

    private List<UUID> make(AllocationTerms allocation, int missing, Instant now) {
        Set<LocalDate> taken = table.days(allocation.id());
        List<UUID> made = new ArrayList<>();
        for (PlannedSession session : SessionPlan.lay(
                allocation.firstDay(), allocation.slot(), allocation.zone(), SessionPlan.MAX_SESSIONS, now)) {
            if (made.size() < missing && !taken.contains(session.date())) {
                table.insert(allocation, session, now).ifPresent(made::add);
            }
        }
        log.info("Sessions created: {} of {} for allocation {}", made.size(), missing, allocation.id());
        return made;
    }

    private void announce(AllocationTerms allocation, List<UUID> made, Instant now) {
        TrainerAllocated allocated = TrainerAllocated.of(
                now,
                allocation.paymentId(),
                allocation.id(),
                allocation.purchaseId(),
                allocation.studentId(),
                allocation.trainerId(),
                allocation.courseId());
        outbox.append(EventType.SESSIONS_GENERATED, allocation.studentId(), SessionsGenerated.of(allocated, made));
        log.info("SESSIONS_GENERATED event emitted: {} sessions for student {}", made.size(), allocation.studentId());
    }
}
