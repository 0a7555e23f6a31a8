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
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        Optional<Boolean> isAllocated = isAllocated(purchase);
        if (isAllocated.isEmpty()) {
            return HandlerResult.permanent("there is no active purchase " + purchase);
        }
        if (isAllocated.get()) {
            return HandlerResult.DONE;
        }
        return switch (autoAssign(purchase)) {
            case CallSucceeded _ -> HandlerResult.DONE;
            case Refused(String reason) -> {
                if (allocated(List.of(purchase)).isEmpty()) {
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

    /** Checks the rows, since an answer may have been lost or wrong. */
    @Override
    public HandlerResult handle(List<Delivery<PurchaseCreated>> deliveries) {
        List<UUID> purchases =
                deliveries.stream().map(AllocateTrainer::purchaseId).toList();
        Set<UUID> allocated = allocated(purchases);
        return purchases.stream()
                .filter(purchase -> !allocated.contains(purchase))
                .findFirst()
                .map(purchase -> HandlerResult.transientFailure(
                        "the backend answered, but purchase %s has no allocation".formatted(purchase)))
                .orElse(HandlerResult.DONE);
    }

    private static UUID purchaseId(Delivery<PurchaseCreated> delivery) {
        return Delivery.uuid("purchaseId", delivery.payload().purchaseId());
    }

    /** Returns empty if there is no such active purchase. */
    private Optional<Boolean> isAllocated(UUID purchase) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM trainer_allocations WHERE purchase_id = purchase.id)
                        FROM student_course_purchases AS purchase WHERE id = :id AND is_active
                        """)
                .param("id", purchase)
                .query((row, n) -> row.getBoolean(1))
                .optional();
    }

    /** Returns those of the purchases that have an allocation, be it a waiting one. */
    private Set<UUID> allocated(List<UUID> purchases) {
        return jdbc.sql("SELECT purchase_id FROM trainer_allocations WHERE purchase_id = ANY (:ids::uuid[])")
                .param("ids", purchases.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, n) -> row.getObject(1, UUID.class))
                .set();
    }
}
