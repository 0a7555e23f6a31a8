package dev.tidings.backend.allocations;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.backend.allocations.Assignment.Allocated;
import dev.tidings.backend.allocations.Assignment.NoSuchPurchase;
import dev.tidings.backend.allocations.Assignment.Over;
import dev.tidings.backend.allocations.Assignment.Waiting;
import dev.tidings.backend.allocations.Purchase.Existing;
import dev.tidings.tutoring.PlannedSession;
import dev.tidings.tutoring.Trainer;
import dev.tidings.tutoring.TrainerChoice;
import dev.tidings.tutoring.TrainerChoice.Chosen;
import dev.tidings.tutoring.TrainerChoice.NoTrainer;
import dev.tidings.tutoring.TrainerChoice.NoTrainerReason;
import dev.tidings.tutoring.tables.NewSessions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Assigns trainers to purchases. Safe for any thread; must not be called inside a transaction. */
@Service
class AutoAssign {
    private static final Logger log = LoggerFactory.getLogger(AutoAssign.class);
    /** Most purchases get one of the first trainers. */
    private static final int TRAINERS_AT_ONCE = 16;
    /** Each failed attempt means that another booking succeeded, so this number indicates a bug. */
    private static final int MAX_ATTEMPTS = 100;

    private final BookingTable table;
    private final AllocationEvents events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    AutoAssign(BookingTable table, AllocationEvents events, TransactionTemplate transaction, Clock clock) {
        this.table = table;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    Assignment assign(UUID purchaseId) {
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            Optional<Assignment> assignment = transaction.execute(status -> attempt(purchaseId, status));
            if (assignment.isPresent()) {
                return assignment.get();
            }
            log.debug("A concurrent booking took the trainer for purchase {}; the choice is repeated", purchaseId);
        }
        throw new ConcurrencyFailureException(
                "purchase %s got no trainer in %d attempts".formatted(purchaseId, MAX_ATTEMPTS));
    }

    /** Returns empty if a concurrent booking won; then nothing was changed. */
    private Optional<Assignment> attempt(UUID purchaseId, TransactionStatus status) {
        Optional<Purchase> found = table.lock(purchaseId);
        if (found.isEmpty()) {
            return Optional.of(new NoSuchPurchase());
        }
        Purchase purchase = found.get();
        Optional<Assignment> settled = settled(purchase);
        if (settled.isPresent()) {
            return settled;
        }
        Instant now = clock.instant();
        List<PlannedSession> plan = purchase.requirements().plan(now);
        Optional<Assignment> assignment = switch (choose(purchase.requirements().skill(), plan)) {
            case Chosen(Trainer trainer) -> book(purchase, trainer.id(), plan, now);
            case NoTrainer(NoTrainerReason reason) -> keepWaiting(purchase, reason, now);
        };
        if (assignment.isEmpty()) {
            status.setRollbackOnly();
        }
        return assignment;
    }

    /** Returns the result of an earlier call for the purchase. */
    private Optional<Assignment> settled(Purchase purchase) {
        Existing existing = purchase.allocation();
        if (existing != null && existing.status() == AllocationStatus.CANCELLED) {
            return Optional.of(new Over("ALLOCATION_CANCELLED", "the allocation of this purchase was cancelled"));
        }
        if (existing != null && existing.status() != AllocationStatus.WAITING) {
            return Optional.of(new Allocated(
                    existing.id(), Objects.requireNonNull(existing.trainerId()), table.sessionIds(existing.id())));
        }
        return purchase.active()
                ? Optional.empty()
                : Optional.of(new Over("PURCHASE_INACTIVE", "this purchase is not active any more"));
    }

    /** Chooses among all trainers, reading them in pages, best first. */
    private TrainerChoice choose(String skill, List<PlannedSession> plan) {
        NoTrainerReason reason = NoTrainerReason.NO_TRAINER_WITH_SKILL;
        @Nullable Trainer last = null;
        while (true) {
            List<Trainer> trainers = table.trainers(skill, plan, last, TRAINERS_AT_ONCE);
            switch (TrainerChoice.among(trainers, skill, plan)) {
                case Chosen chosen -> {
                    return chosen;
                }
                case NoTrainer(NoTrainerReason here) -> reason = here.compareTo(reason) > 0 ? here : reason;
            }
            if (trainers.size() < TRAINERS_AT_ONCE) {
                return new NoTrainer(reason);
            }
            last = trainers.getLast();
        }
    }

    private Optional<Assignment> book(Purchase purchase, String trainerId, List<PlannedSession> plan, Instant now) {
        List<UUID> sessionIds = Stream.generate(UuidCreator::getTimeOrderedEpoch)
                .limit(plan.size())
                .toList();
        NewSessions sessions = new NewSessions(purchase.studentId(), trainerId, purchase.courseId(), sessionIds, plan);
        NewBooking booking = new NewBooking(allocationId(purchase), purchase, sessions);
        if (!table.book(booking, now)) {
            return Optional.empty();
        }
        events.announce(booking);
        return Optional.of(new Allocated(booking.allocationId(), trainerId, sessionIds));
    }

    private Optional<Assignment> keepWaiting(Purchase purchase, NoTrainerReason reason, Instant now) {
        if (!table.keepWaiting(allocationId(purchase), purchase, reason, now)) {
            return Optional.empty();
        }
        if (purchase.allocation() == null) {
            log.info("Purchase {} waits for a trainer: {}", purchase.id(), reason.text());
        }
        return Optional.of(new Waiting(reason));
    }

    private static UUID allocationId(Purchase purchase) {
        Existing existing = purchase.allocation();
        return existing == null ? UuidCreator.getTimeOrderedEpoch() : existing.id();
    }
}
