package dev.tidings.workers.allocation;

import dev.tidings.events.EventType;
import dev.tidings.events.PurchaseCreated;
import dev.tidings.sidecar.InvocationReply;
import dev.tidings.sidecar.InvocationReply.AppUnavailable;
import dev.tidings.sidecar.InvocationReply.CallFailed;
import dev.tidings.sidecar.InvocationReply.CallSucceeded;
import dev.tidings.sidecar.InvocationReply.Refused;
import dev.tidings.sidecar.ServiceInvocation;
import dev.tidings.workers.runtime.CallingHandler;
import dev.tidings.workers.runtime.Delivery;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.HandlerResult;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
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
    private static final String PATH = "/api/v1/admin/allocations/auto-assign";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final ServiceInvocation apps;

    AllocateTrainer(JdbcClient jdbc, ServiceInvocation apps) {
        this.jdbc = jdbc;
        this.apps = apps;
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
    public HandlerResult call(Delivery<PurchaseCreated> delivery) {
        UUID purchase = purchaseId(delivery);
        if (!exists(purchase)) {
            return HandlerResult.permanent("there is no active purchase " + purchase);
        }
        if (allocation(purchase).isPresent()) {
            return HandlerResult.DONE;
        }
        return switch (autoAssign(purchase)) {
            case CallSucceeded _ -> HandlerResult.DONE;
            case Refused(String reason) -> {
                if (allocation(purchase).isEmpty()) {
                    yield HandlerResult.permanent(
                            "the backend rejected the allocation of purchase %s: %s".formatted(purchase, reason));
                }
                log.info("Purchase {} waits for a trainer: {}", purchase, reason);
                yield HandlerResult.DONE;
            }
            case CallFailed(String reason) -> HandlerResult.transientFailure("the backend failed: " + reason);
            case AppUnavailable(String reason) -> HandlerResult.unavailable("the backend (%s)".formatted(reason));
        };
    }

    private InvocationReply autoAssign(UUID purchase) {
        return apps.send(apps.request("backend", PATH, TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"purchaseId\":\"%s\"}".formatted(purchase)))
                .build());
    }

    /** Checks the row, since the answer may have been lost or wrong. */
    @Override
    public HandlerResult handle(Delivery<PurchaseCreated> delivery) {
        UUID purchase = purchaseId(delivery);
        return allocation(purchase).isPresent()
                ? HandlerResult.DONE
                : HandlerResult.transientFailure(
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

    /** Returns the status of the purchase's allocation. */
    private Optional<String> allocation(UUID purchase) {
        return jdbc.sql("SELECT status FROM trainer_allocations WHERE purchase_id = :id")
                .param("id", purchase)
                .query(String.class)
                .optional();
    }
}
