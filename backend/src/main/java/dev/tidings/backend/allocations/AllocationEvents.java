package dev.tidings.backend.allocations;

import dev.tidings.edge.logs.LogFields;
import dev.tidings.events.EventType;
import dev.tidings.events.SessionsGenerated;
import dev.tidings.events.TrainerAllocated;
import dev.tidings.messaging.outbox.Outbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Emits the events of a booking: first the trainer, then the sessions (R-PF-3). */
@Component
class AllocationEvents {
    private static final Logger log = LoggerFactory.getLogger(AllocationEvents.class);

    private final Outbox outbox;
    private final Clock clock;
    private final Counter sessionsExpected;
    private final Counter sessionsScheduled;

    AllocationEvents(Outbox outbox, Clock clock, MeterRegistry meters) {
        this.outbox = outbox;
        this.clock = clock;
        this.sessionsExpected = Counter.builder("tidings.sessions.expected")
                .description("Sessions that allocated purchases include")
                .register(meters);
        this.sessionsScheduled = Counter.builder("tidings.sessions.scheduled")
                .description("Sessions that were created")
                .register(meters);
    }

    /** Must run in the transaction of the booking. */
    void announce(NewBooking booking) {
        Purchase purchase = booking.purchase();
        TrainerAllocated allocated = TrainerAllocated.of(
                clock.instant(),
                purchase.paymentId(),
                booking.allocationId(),
                purchase.id(),
                purchase.studentId(),
                booking.trainerId(),
                purchase.courseId());
        outbox.append(EventType.TRAINER_ALLOCATED, purchase.studentId(), allocated);
        outbox.append(
                EventType.SESSIONS_GENERATED,
                purchase.studentId(),
                SessionsGenerated.of(allocated, booking.sessions().ids()));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                committed(booking);
            }
        });
    }

    private void committed(NewBooking booking) {
        LogFields fields = LogFields.of(
                booking.purchase().paymentId().toString(), booking.purchase().studentId());
        sessionsExpected.increment(booking.purchase().requirements().sessions());
        sessionsScheduled.increment(booking.sessions().ids().size());
        log.info(
                "Sessions created: {} of purchase {} for {} with {}, correlationId: {}",
                booking.sessions().ids().size(),
                booking.purchase().id(),
                booking.purchase().studentId(),
                booking.trainerId(),
                booking.purchase().paymentId(),
                fields);
        log.info(
                "SESSIONS_GENERATED event emitted, allocation {}, correlationId: {}",
                booking.allocationId(),
                booking.purchase().paymentId(),
                fields);
    }
}
