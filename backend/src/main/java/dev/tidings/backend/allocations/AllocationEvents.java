package dev.tidings.backend.allocations;

import dev.tidings.events.EventType;
import dev.tidings.events.SessionsGenerated;
import dev.tidings.events.TrainerAllocated;
import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.messaging.outbox.OutboxEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Tells the world of a booking: first the trainer, then the sessions (R-PF-3). */
@Component
class AllocationEvents {
    private static final Logger log = LoggerFactory.getLogger(AllocationEvents.class);

    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;
    private final Counter sessionsExpected;
    private final Counter sessionsScheduled;

    AllocationEvents(Outbox outbox, JsonMapper json, Clock clock, MeterRegistry meters) {
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
        this.sessionsExpected = Counter.builder("tidings.sessions.expected")
                .description("Sessions that allocated purchases are worth")
                .register(meters);
        this.sessionsScheduled = Counter.builder("tidings.sessions.scheduled")
                .description("Sessions laid into the calendar")
                .register(meters);
    }

    /** In the transaction that books. */
    void announce(NewBooking booking) {
        Purchase purchase = booking.purchase();
        String allocationId = booking.allocationId().toString();
        String purchaseId = purchase.id().toString();
        String correlationId = purchase.paymentId().toString();
        long now = clock.millis();
        append(
                EventType.TRAINER_ALLOCATED,
                purchase.studentId(),
                new TrainerAllocated(
                        EventType.TRAINER_ALLOCATED.wireName(),
                        now,
                        correlationId,
                        allocationId,
                        purchaseId,
                        purchase.studentId(),
                        booking.trainerId(),
                        purchase.courseId()));
        List<String> sessionIds =
                booking.sessionIds().stream().map(UUID::toString).toList();
        append(
                EventType.SESSIONS_GENERATED,
                purchase.studentId(),
                new SessionsGenerated(
                        EventType.SESSIONS_GENERATED.wireName(),
                        now,
                        correlationId,
                        allocationId,
                        purchaseId,
                        purchase.studentId(),
                        booking.trainerId(),
                        purchase.courseId(),
                        sessionIds,
                        sessionIds.size()));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                committed(booking);
            }
        });
    }

    private void committed(NewBooking booking) {
        sessionsExpected.increment(booking.purchase().wish().sessions());
        sessionsScheduled.increment(booking.sessionIds().size());
        log.info(
                "Sessions created: {} of purchase {} for {} with {}, correlationId: {}",
                booking.sessionIds().size(),
                booking.purchase().id(),
                booking.purchase().studentId(),
                booking.trainerId(),
                booking.purchase().paymentId());
        log.info(
                "SESSIONS_GENERATED event emitted, allocation {}, correlationId: {}",
                booking.allocationId(),
                booking.purchase().paymentId());
    }

    private void append(EventType type, String studentId, Object payload) {
        outbox.append(OutboxEvent.of(type, studentId, json.writeValueAsString(payload)));
    }
}
