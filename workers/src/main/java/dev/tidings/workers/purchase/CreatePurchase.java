package dev.tidings.workers.purchase;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.events.CourseAccessGranted;
import dev.tidings.events.EventType;
import dev.tidings.events.PurchaseConfirmed;
import dev.tidings.events.PurchaseCreated;
import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.workers.runtime.Delivery;
import dev.tidings.workers.runtime.EventHandler;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.HandlerResult;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Creates the purchase of a payment once. */
@Component
@ForWorker("purchase-worker")
class CreatePurchase implements EventHandler<PurchaseConfirmed> {

    private record ConfirmedPayment(
            UUID id, String studentId, String courseId, int tier, String timeSlot, String startDate, String status) {}

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final InstantSource clock;

    CreatePurchase(JdbcClient jdbc, Outbox outbox, InstantSource clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public boolean takes(String type) {
        return type.equals(EventType.PURCHASE_CONFIRMED.wireName());
    }

    @Override
    public Class<PurchaseConfirmed> payload() {
        return PurchaseConfirmed.class;
    }

    @Override
    public HandlerResult handle(Delivery<PurchaseConfirmed> delivery) {
        UUID paymentId = Delivery.uuid("paymentId", delivery.payload().paymentId());
        Optional<ConfirmedPayment> found = payment(paymentId);
        if (found.isEmpty()) {
            return HandlerResult.permanent("there is no payment " + paymentId);
        }
        ConfirmedPayment payment = found.get();
        if (!payment.status().equals("succeeded")) {
            return HandlerResult.permanent("payment %s is %s, not succeeded".formatted(paymentId, payment.status()));
        }
        UUID purchaseId = UuidCreator.getTimeOrderedEpoch();
        if (insert(purchaseId, payment)) {
            announce(purchaseId, payment);
            return HandlerResult.DONE;
        }
        if (hasPurchase(paymentId)) {
            return HandlerResult.DONE; // its events were committed with it
        }
        return HandlerResult.permanent(
                "student %s already has course %s by another payment; payment %s must be refunded by an operator"
                        .formatted(payment.studentId(), payment.courseId(), paymentId));
    }

    private Optional<ConfirmedPayment> payment(UUID id) {
        return jdbc.sql("""
                        SELECT id, student_id, course_id, purchase_tier, time_slot, start_date::text AS start_date, status
                        FROM payments WHERE id = :id
                        """)
                .param("id", id)
                .query((row, n) -> new ConfirmedPayment(
                        row.getObject("id", UUID.class),
                        row.getString("student_id"),
                        row.getString("course_id"),
                        row.getInt("purchase_tier"),
                        row.getString("time_slot"),
                        row.getString("start_date"),
                        row.getString("status")))
                .optional();
    }

    /** Inserts the purchase. Waits for a concurrent transaction that inserts the same purchase or course; returns false after its commit. */
    private boolean insert(UUID id, ConfirmedPayment payment) {
        return jdbc.sql("""
                        INSERT INTO student_course_purchases (id, student_id, course_id, purchase_tier, payment_id, is_active)
                        VALUES (:id, :studentId, :courseId, :tier, :paymentId, true)
                        ON CONFLICT DO NOTHING
                        """)
                        .param("id", id)
                        .param("studentId", payment.studentId())
                        .param("courseId", payment.courseId())
                        .param("tier", payment.tier())
                        .param("paymentId", payment.id())
                        .update()
                == 1;
    }

    private boolean hasPurchase(UUID paymentId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM student_course_purchases WHERE payment_id = :id)")
                .param("id", paymentId)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    private void announce(UUID purchaseId, ConfirmedPayment payment) {
        PurchaseCreated created = PurchaseCreated.of(
                clock.instant(),
                purchaseId,
                payment.studentId(),
                payment.courseId(),
                payment.tier(),
                new PurchaseCreated.PurchaseMetadata(payment.id().toString(), payment.timeSlot(), payment.startDate()));
        outbox.append(EventType.PURCHASE_CREATED, payment.studentId(), created);
        outbox.append(EventType.COURSE_ACCESS_GRANTED, payment.studentId(), CourseAccessGranted.of(created));
    }
}
