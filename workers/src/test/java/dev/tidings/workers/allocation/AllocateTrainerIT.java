package dev.tidings.workers.allocation;

import static dev.tidings.workers.RunningWorker.cloudEvent;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.Ports;
import dev.tidings.devkit.Sidecar;
import dev.tidings.devkit.SidecarSpec;
import dev.tidings.events.PurchaseCreated;
import dev.tidings.events.Topic;
import dev.tidings.workers.RunningWorker;
import dev.tidings.workers.RunningWorker.BatchEntry;
import dev.tidings.workers.WorkersDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** R-PF-3 from the worker's side, through two real sidecars. */
class AllocateTrainerIT {
    private static final WorkersDatabase database = WorkersDatabase.migrated();
    private static final String BACKEND_TOKEN = UUID.randomUUID().toString();
    private static final int BACKEND_PORT = Ports.free();

    private static Sidecar backendSidecar;
    private static Sidecar workerSidecar;
    private static RunningWorker worker;
    private static FakeBackend backend;

    private final String student = "student-" + UUID.randomUUID();
    private final String course = database.course();
    private final UUID payment = database.payment(student, course, 30, "succeeded");
    private final UUID purchase = database.purchase(payment);
    private final String eventId = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        Infrastructure infrastructure = Infrastructure.shared();
        infrastructure.createTopics(Map.of(Topic.DEAD_LETTER_QUEUE.wireName(), Topic.PARTITIONS));
        backend = new FakeBackend(BACKEND_PORT);
        backendSidecar = infrastructure.startSidecar(
                SidecarSpec.of("backend").withAppPort(BACKEND_PORT).withAppToken(BACKEND_TOKEN));
        workerSidecar = infrastructure.startSidecar(SidecarSpec.of("allocation-worker"));
        worker = RunningWorker.start(
                "allocation-worker",
                database,
                "tidings.sidecar.http-port=" + workerSidecar.httpPort(),
                "tidings.sidecar.grpc-port=" + workerSidecar.grpcPort());
    }

    @AfterAll
    static void stop() {
        worker.close();
        workerSidecar.stop();
        backendSidecar.stop();
        backend.close();
    }

    @Test
    void theBackendIsAskedThroughDaprAndTheEventIsProcessedOnceTheRowIsThere() {
        int before = backend.calls().size();
        backend.allocates(() -> allocation("approved"));

        assertThat(deliver()).isEqualTo("SUCCESS");
        assertThat(deliver()).isEqualTo("SUCCESS");

        assertThat(backend.calls().subList(before, backend.calls().size()))
                .singleElement()
                .isEqualTo(new FakeBackend.Call(
                        "{\"purchaseId\":\"%s\"}".formatted(purchase), "allocation-worker", BACKEND_TOKEN));
        assertThat(database.processed(payment.toString())).containsExactly("PURCHASE_CREATED by allocation-worker");
    }

    @Test
    void aPurchaseThatIsAllocatedAlreadyIsNotAskedForAgain() {
        allocation("approved");
        int before = backend.calls().size();

        assertThat(deliver()).isEqualTo("SUCCESS");

        assertThat(backend.calls()).hasSize(before);
    }

    @Test
    void noFreeTrainerIsAWaitAndNoFailure() {
        backend.refuses(409, "NO_TRAINER_FREE", () -> allocation("waiting"));

        assertThat(deliver()).isEqualTo("SUCCESS");

        assertThat(database.processed(payment.toString())).containsExactly("PURCHASE_CREATED by allocation-worker");
        assertThat(failures()).isZero();
    }

    @Test
    void aRefusalThatLeavesNoRowIsADeadLetterWithTheBackendsReason() {
        backend.refuses(409, "PURCHASE_CANCELLED", () -> {});

        assertThat(deliver()).isEqualTo("DROP");

        assertThat(database.count(
                        "event_failure", "event_id = ? AND permanent AND reason LIKE '%PURCHASE_CANCELLED%'", eventId))
                .isEqualTo(1);
        assertThat(database.processed(payment.toString())).isEmpty();
    }

    @Test
    void anAnswerWithoutARowIsNotBelieved() {
        backend.allocates(() -> {});

        assertThat(deliver()).isEqualTo("RETRY");

        assertThat(database.processed(payment.toString())).isEmpty();
    }

    @Test
    void aFailureOfTheBackendIsTriedAgain() {
        backend.refuses(500, "OOPS", () -> {});
        backend.allocates(() -> allocation("approved"));

        assertThat(deliver()).isEqualTo("RETRY");
        assertThat(deliver()).isEqualTo("SUCCESS");
    }

    @Test
    void aPurchaseThatDoesNotExistIsADeadLetter() {
        assertThat(deliver(UUID.randomUUID())).isEqualTo("DROP");
    }

    @Test
    void whatIsGivenUpInABatchIsPublishedAsItCameAndHoldsUpNobody() {
        allocation("approved");
        String bad = event(eventId, UUID.randomUUID());
        String good = event("good-" + eventId, purchase);

        assertThat(worker.deliverBatch(
                        "purchase-created", List.of(new BatchEntry(student, bad), new BatchEntry(student, good))))
                .containsExactly("SUCCESS", "SUCCESS");

        assertThat(database.processed(payment.toString())).containsExactly("PURCHASE_CREATED by allocation-worker");
        ConsumerRecord<String, String> letter = awaitLetter();
        assertThat(letter.value()).isEqualTo(bad);
        assertThat(letter.key()).isEqualTo(student);
        assertThat(new String(letter.headers().lastHeader("__topic").value(), UTF_8))
                .isEqualTo("purchase-created");
    }

    private ConsumerRecord<String, String> awaitLetter() {
        AtomicReference<@Nullable ConsumerRecord<String, String>> letter = new AtomicReference<>();
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                Infrastructure.shared().kafkaBootstrap(),
                ConsumerConfig.GROUP_ID_CONFIG,
                "letters-" + UUID.randomUUID(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        try (var kafka = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            kafka.subscribe(List.of(Topic.DEAD_LETTER_QUEUE.wireName()));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                kafka.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (record.value().contains(eventId)) {
                        letter.set(record);
                    }
                });
                return letter.get() != null;
            });
        }
        return Objects.requireNonNull(letter.get());
    }

    @Test
    void whileTheBackendIsDownTheEventWaitsAndGoesOnWhenItIsBack() {
        backend.close();
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(this::deliver);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> worker.get("/metrics")
                        .body()
                        .contains("tidings_worker_events_total{result=\"unavailable\",type=\"PURCHASE_CREATED\"}"));
        assertThat(answer).isNotDone();

        backend = new FakeBackend(BACKEND_PORT);
        backend.allocates(() -> allocation("approved"));

        assertThat(answer.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("SUCCESS");
        assertThat(failures()).isZero();
    }

    private int failures() {
        return database.count("event_failure", "event_id = ?", eventId);
    }

    private void allocation(String status) {
        @Nullable String trainer = null;
        if (status.equals("approved")) {
            trainer = "trainer-" + purchase;
            database.jdbc()
                    .sql("INSERT INTO trainers (id, name) VALUES (?, 'Ada')")
                    .param(trainer)
                    .update();
        }
        database.jdbc()
                .sql("""
                        INSERT INTO trainer_allocations (id, purchase_id, student_id, course_id, trainer_id, status, reason,
                                                         approved_at)
                        VALUES (gen_random_uuid(), :purchase, :student, :course, :trainer, :status,
                                CASE WHEN :status = 'waiting' THEN 'NO_TRAINER_FREE' END,
                                CASE WHEN :status = 'approved' THEN now() END)
                        """)
                .param("purchase", purchase)
                .param("student", student)
                .param("course", course)
                .param("trainer", trainer)
                .param("status", status)
                .update();
    }

    private String deliver() {
        return deliver(purchase);
    }

    private String deliver(UUID purchaseId) {
        return worker.deliver("purchase-created", student, event(eventId, purchaseId))
                .path("status")
                .stringValue();
    }

    private String event(String id, UUID purchaseId) {
        return cloudEvent(
                "PURCHASE_CREATED",
                id,
                new PurchaseCreated(
                        "PURCHASE_CREATED",
                        1,
                        payment.toString(),
                        purchaseId.toString(),
                        student,
                        course,
                        30,
                        new PurchaseCreated.PurchaseMetadata(payment.toString(), "16:00", "2026-12-01")));
    }
}
