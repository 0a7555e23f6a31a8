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
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    public HandlerResult handle(List<Delivery<PurchaseConfirmed>> deliveries) {
        Map<UUID, ConfirmedPayment> payments = payments(
                deliveries.stream().map(CreatePurchase::paymentId).distinct().toList());
        for (Delivery<PurchaseConfirmed> delivery : deliveries) {
            ConfirmedPayment payment = payments.get(paymentId(delivery));
            if (payment == null) {
                return HandlerResult.permanent("there is no payment " + paymentId(delivery));
            }
            if (!payment.status().equals("succeeded")) {
                return HandlerResult.permanent(
                        "payment %s is %s, not succeeded".formatted(payment.id(), payment.status()));
            }
        }
        Map<UUID, UUID> created = insert(payments.values());
        Set<UUID> older = withPurchase(payments.keySet().stream()
                .filter(payment -> !created.containsKey(payment))
                .toList());
        for (Delivery<PurchaseConfirmed> delivery : deliveries) {
            ConfirmedPayment payment = Objects.requireNonNull(payments.get(paymentId(delivery)));
            UUID purchase = created.remove(payment.id());
            if (purchase != null) {
                delivery.traced(() -> announce(purchase, payment));
                older.add(payment.id()); // for another event of the same payment
            } else if (!older.contains(payment.id())) {
                return HandlerResult.permanent(
                        "student %s already has course %s by another payment; payment %s must be refunded by an operator"
                                .formatted(payment.studentId(), payment.courseId(), payment.id()));
            } // else its events were committed with it
        }
        return HandlerResult.DONE;
    }

    private static UUID paymentId(Delivery<PurchaseConfirmed> delivery) {
        return Delivery.uuid("paymentId", delivery.payload().paymentId());
    }

    /** Returns the payments by their ids, in the order of the ids. */
    private Map<UUID, ConfirmedPayment> payments(List<UUID> ids) {
        return jdbc
                .sql("""
                        SELECT id, student_id, course_id, purchase_tier, time_slot, start_date::text AS start_date, status
                        FROM unnest(:ids::uuid[]) WITH ORDINALITY AS wanted (id, number) JOIN payments USING (id)
                        ORDER BY number
                        """)
                .param("ids", texts(ids))
                .query((row, n) -> new ConfirmedPayment(
                        row.getObject("id", UUID.class),
                        row.getString("student_id"),
                        row.getString("course_id"),
                        row.getInt("purchase_tier"),
                        row.getString("time_slot"),
                        row.getString("start_date"),
                        row.getString("status")))
                .stream()
                .collect(Collectors.toMap(
                        ConfirmedPayment::id, Function.identity(), (one, other) -> one, LinkedHashMap::new));
    }

    /**
     * Inserts the purchases. Waits for a concurrent transaction that inserts one of them, or one of the same student and course; after
     * its commit, or if it exists already, that purchase is left out.
     *
     * @return the ids of the new purchases by those of their payments
     */
    private Map<UUID, UUID> insert(Collection<ConfirmedPayment> payments) {
        return jdbc
                .sql("""
                        INSERT INTO student_course_purchases (id, student_id, course_id, purchase_tier, payment_id, is_active)
                        SELECT new.id, payment.student_id, payment.course_id, payment.purchase_tier, payment.id, true
                        FROM unnest(:ids::uuid[], :payments::uuid[]) WITH ORDINALITY AS new (id, payment_id, number)
                            JOIN payments AS payment ON payment.id = new.payment_id
                        ORDER BY number
                        ON CONFLICT DO NOTHING
                        RETURNING payment_id, id
                        """)
                .param(
                        "ids",
                        texts(payments.stream()
                                .map(_ -> UuidCreator.getTimeOrderedEpoch())
                                .toList()))
                .param(
                        "payments",
                        texts(payments.stream().map(ConfirmedPayment::id).toList()))
                .query((row, n) -> Map.entry(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns those of the payments that have a purchase. */
    private Set<UUID> withPurchase(List<UUID> payments) {
        return payments.isEmpty()
                ? new HashSet<>()
                : jdbc.sql("SELECT payment_id FROM student_course_purchases WHERE payment_id = ANY (:ids::uuid[])")
                        .param("ids", texts(payments))
                        .query((row, n) -> row.getObject(1, UUID.class))
                        .set();
    }

    private static String[] texts(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
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
