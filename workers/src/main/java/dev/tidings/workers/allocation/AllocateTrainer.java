package dev.tidings.workers.allocation;

import dev.tidings.events.EventType;
import dev.tidings.events.PurchaseCreated;
import dev.tidings.workers.allocation.AutoAssignClient.AutoAssignReply;
import dev.tidings.workers.runtime.CallingHandler;
import dev.tidings.workers.runtime.Delivery;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.Outcome;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Requests a trainer for a purchase from the backend. */
@Component
@ForWorker("allocation-worker")
class AllocateTrainer implements CallingHandler<PurchaseCreated> {
    private static final Logger log = LoggerFactory.getLogger(AllocateTrainer.class);

    private final JdbcClient jdbc;
    private final AutoAssignClient autoAssign;

    AllocateTrainer(JdbcClient jdbc, AutoAssignClient autoAssign) {
        this.jdbc = jdbc;
        this.autoAssign = autoAssign;
    }

    @Override
    public boolean takes(String type) {
        return type.equals(EventType.PURCHASE_CREATED.wireName());
    }

    @Override
    public Class<PurchaseCreated> payload() {
        return PurchaseCreated.class;
    }

    @Override
    public Outcome call(Delivery<PurchaseCreated> delivery) {
        UUID purchase = purchaseId(delivery);
        if (!exists(purchase)) {
            return Outcome.permanent("there is no active purchase " + purchase);
        }
        if (allocation(purchase).isPresent()) {
            return Outcome.DONE;
        }
        return switch (autoAssign.call(purchase)) {
            case AutoAssignReply.Assigned() -> Outcome.DONE;
            case AutoAssignReply.Declined(String reason) -> {
                if (allocation(purchase).isEmpty()) {
                    yield Outcome.permanent(
                            "the backend rejected the allocation of purchase %s: %s".formatted(purchase, reason));
                }
                log.info("Purchase {} waits for a trainer: {}", purchase, reason);
                yield Outcome.DONE;
            }
            case AutoAssignReply.BackendFailed(String reason) -> Outcome.transientFailure(reason);
            case AutoAssignReply.BackendUnavailable(String what) -> Outcome.unavailable(what);
        };
    }

    /** Checks the row of the allocation, because the answer may have been lost. */
    @Override
    public Outcome handle(Delivery<PurchaseCreated> delivery) {
        UUID purchase = purchaseId(delivery);
        return allocation(purchase).isPresent()
                ? Outcome.DONE
                : Outcome.transientFailure(
                        "the backend answered, but purchase %s has no allocation".formatted(purchase));
    }

    private static UUID purchaseId(Delivery<PurchaseCreated> delivery) {
        return Delivery.uuid("purchaseId", delivery.payload().purchaseId());
    }

    private boolean exists(UUID purchase) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM student_course_purchases WHERE id = :id AND is_active)")
                .param("id", purchase)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Returns the status of the allocation of the purchase. */
    private Optional<String> allocation(UUID purchase) {
        return jdbc.sql("SELECT status FROM trainer_allocations WHERE purchase_id = :id")
                .param("id", purchase)
                .query(String.class)
                .optional();
    }
}
