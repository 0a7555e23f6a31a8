package dev.tidings.workers.purchase;

import static dev.tidings.workers.RunningWorker.cloudEvent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.events.PurchaseConfirmed;
import dev.tidings.workers.RunningWorker;
import dev.tidings.workers.RunningWorker.BatchEntry;
import dev.tidings.workers.TwoWorkers;
import dev.tidings.workers.WorkersDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** R-PF-2, with two instances of the worker. */
class CreatePurchaseIT {
    private static final WorkersDatabase database = WorkersDatabase.migrated();

    @RegisterExtension
    static final TwoWorkers workers = new TwoWorkers("purchase-worker", database);

    private final String student = "student-" + UUID.randomUUID();
    private final String course = database.course();

    @Test
    void aConfirmedPaymentBecomesAPurchaseAndTwoEvents() {
        UUID payment = database.payment(student, course, 30, "succeeded");

        assertThat(deliver(payment)).isEqualTo("SUCCESS");

        Map<String, @Nullable Object> purchase = database.jdbc()
                .sql("SELECT * FROM student_course_purchases WHERE payment_id = ?")
                .param(payment)
                .query()
                .singleRow();
        assertThat(purchase)
                .containsEntry("student_id", student)
                .containsEntry("course_id", course)
                .containsEntry("purchase_tier", 30)
                .containsEntry("is_active", true);
        List<JsonNode> events = database.events("purchase_worker", student);
        assertThat(events)
                .extracting(event -> event.path("type").stringValue())
                .containsExactly("PURCHASE_CREATED", "COURSE_ACCESS_GRANTED");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.path("correlationId").stringValue()).isEqualTo(payment.toString());
            assertThat(event.path("purchaseId").stringValue()).isEqualTo(String.valueOf(purchase.get("id")));
            assertThat(event.path("studentId").stringValue()).isEqualTo(student);
            assertThat(event.path("courseId").stringValue()).isEqualTo(course);
        });
        assertThat(events.getFirst().path("purchaseTier").intValue()).isEqualTo(30);
        assertThat(events.getFirst().path("metadata").path("timeSlot").stringValue())
                .isEqualTo("16:00");
        assertThat(database.processed(payment.toString())).containsExactly("PURCHASE_CONFIRMED by purchase-worker");
    }

    @Test
    void theEventCannotBuyWhatThePaymentDoesNotSay() {
        UUID payment = database.payment(student, course, 10, "succeeded");

        workers.getFirst()
                .deliver(
                        "purchase-confirmed",
                        student,
                        cloudEvent(
                                "PURCHASE_CONFIRMED",
                                UUID.randomUUID().toString(),
                                new PurchaseConfirmed(
                                        "PURCHASE_CONFIRMED",
                                        1,
                                        payment.toString(),
                                        payment.toString(),
                                        "somebody-else",
                                        new PurchaseConfirmed.PaymentMetadata(
                                                "course-gold", 30, "03:00", "2020-01-01"))));

        assertThat(database.count(
                        "student_course_purchases",
                        "payment_id = ? AND student_id = ? AND purchase_tier = 10",
                        payment,
                        student))
                .isEqualTo(1);
    }

    /** Also when the backend publishes the confirmation again with another id. */
    @Test
    void eachEventFiveTimesShuffledOnTwoInstancesMakesOnePurchaseEach() throws Exception {
        long seed = new Random().nextLong();
        List<UUID> payments = new ArrayList<>();
        List<Runnable> deliveries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            UUID payment = database.payment(student + i, course, 20, "succeeded");
            payments.add(payment);
            for (int copy = 0; copy < 5; copy++) {
                String id = copy == 4 ? "again-" + payment : "first-" + payment;
                RunningWorker worker = workers.inTurn(copy);
                deliveries.add(() -> assertThat(deliver(worker, id, payment)).isEqualTo("SUCCESS"));
            }
        }
        Collections.shuffle(deliveries, new Random(seed));

        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<?> done : deliveries.stream().map(threads::submit).toList()) {
                done.get();
            }
        }

        for (int i = 0; i < payments.size(); i++) {
            assertThat(database.count("student_course_purchases", "payment_id = ?", payments.get(i)))
                    .as("seed %d", seed)
                    .isEqualTo(1);
            assertThat(database.events("purchase_worker", student + i))
                    .as("seed %d", seed)
                    .hasSize(2);
        }
    }

    @Test
    void aPaymentThatIsNotThereOrNotSucceededIsADeadLetter() {
        assertThat(deliver(UUID.randomUUID())).isEqualTo("DROP");
        assertThat(deliver(database.payment(student, course, 10, "pending"))).isEqualTo("DROP");
        assertThat(deliver(database.payment(student, course, 10, "cancelled"))).isEqualTo("DROP");

        assertThat(database.count("student_course_purchases", "student_id = ?", student))
                .isZero();
        assertThat(database.events("purchase_worker", student)).isEmpty();
    }

    @Test
    void theSecondPaymentForACourseIsADeadLetterAndStaysSucceeded() {
        UUID first = database.payment(student, course, 10, "succeeded");
        UUID second = database.payment(student, course, 30, "succeeded");
        assertThat(deliver(first)).isEqualTo("SUCCESS");

        assertThat(deliver(second)).isEqualTo("DROP");

        assertThat(database.count("student_course_purchases", "student_id = ?", student))
                .isEqualTo(1);
        assertThat(database.count("payments", "id = ? AND status = 'succeeded'", second))
                .isEqualTo(1);
        assertThat(database.count(
                        "event_failure", "correlation_id = ? AND reason LIKE '%refunded%'", second.toString()))
                .isEqualTo(1);
    }

    @Test
    void ofABatchEachGoodPaymentBecomesAPurchase() {
        UUID first = database.payment(student, course, 10, "succeeded");
        UUID other = database.payment(student, database.course(), 20, "succeeded");
        UUID pending = database.payment(student, database.course(), 10, "pending");
        UUID second = database.payment(student, course, 30, "succeeded");
        deliver(workers.getFirst(), "known-" + other, other);

        assertThat(workers.getFirst()
                        .deliverBatch(
                                "purchase-confirmed",
                                Stream.of(
                                                event("1-" + first, first),
                                                event("again-" + other, other),
                                                event("2-" + first, first),
                                                event("1-" + pending, pending),
                                                event("1-" + second, second))
                                        .map(event -> new BatchEntry(student, event))
                                        .toList()))
                .as("there is no sidecar to publish the dead letters to")
                .containsExactly("SUCCESS", "SUCCESS", "SUCCESS", "RETRY", "RETRY");

        assertThat(database.count("student_course_purchases", "payment_id IN (?, ?)", first, other))
                .isEqualTo(2);
        assertThat(database.count("student_course_purchases", "student_id = ?", student))
                .isEqualTo(2);
        assertThat(database.events("purchase_worker", student))
                .extracting(event -> event.path("type").stringValue()
                        + (event.path("correlationId").stringValue().equals(first.toString()) ? " first" : " other"))
                .containsExactly(
                        "PURCHASE_CREATED other",
                        "COURSE_ACCESS_GRANTED other",
                        "PURCHASE_CREATED first",
                        "COURSE_ACCESS_GRANTED first");
        assertThat(database.count("event_failure", "event_id IN (?, ?) AND permanent", "1-" + pending, "1-" + second))
                .isEqualTo(2);
    }

    private String deliver(UUID payment) {
        return deliver(workers.getFirst(), UUID.randomUUID().toString(), payment);
    }

    private String deliver(RunningWorker worker, String eventId, UUID payment) {
        return worker.deliver("purchase-confirmed", student, event(eventId, payment))
                .path("status")
                .stringValue();
    }

    private String event(String eventId, UUID payment) {
        return cloudEvent(
                "PURCHASE_CONFIRMED",
                eventId,
                new PurchaseConfirmed(
                        "PURCHASE_CONFIRMED",
                        1_770_465_600_000L,
                        payment.toString(),
                        payment.toString(),
                        student,
                        new PurchaseConfirmed.PaymentMetadata(course, 30, "16:00", "2026-12-01")));
    }
}
