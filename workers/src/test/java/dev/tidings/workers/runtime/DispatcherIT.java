package dev.tidings.workers.runtime;

import static dev.tidings.workers.RunningWorker.cloudEvent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.workers.RunningWorker;
import dev.tidings.workers.RunningWorker.BatchEntry;
import dev.tidings.workers.WorkersDatabase;
import dev.tidings.workers.runtime.ScriptedWorker.Handler;
import dev.tidings.workers.runtime.ScriptedWorker.OtherHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import tools.jackson.databind.JsonNode;

/** From a callback to its effect, its inbox row and the answer to the sidecar (R-PF-9, R-PF-11). */
class DispatcherIT {
    private static final String TOPIC = "purchase-confirmed";

    private static WorkersDatabase database;
    private static RunningWorker worker;
    private static Handler handler;

    private final String id = UUID.randomUUID().toString();
    private final Map<String, Object> payload = Map.of("paymentId", "p-1", "amount", 3, "correlationId", "flow-" + id);

    @BeforeAll
    static void start() {
        database = WorkersDatabase.migrated();
        database.jdbc()
                .sql("CREATE TABLE effects (number bigint GENERATED ALWAYS AS IDENTITY, event_id text)")
                .update();
        worker = RunningWorker.start("scripted-worker", database, "tidings.outage-timeout=30s");
        handler = worker.bean(Handler.class);
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @Test
    void anEventDeliveredManyTimesAtOnceHasItsEffectOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                answers.add(threads.submit(() -> deliver(payload)));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("SUCCESS");
            }
        }

        assertThat(effects()).isEqualTo(1);
        assertThat(database.processed("flow-" + id)).containsExactly("PURCHASE_CONFIRMED by scripted-worker");
        assertThat(database.count(
                        "processed_events",
                        "event_id = ? AND event_source = 'backend' AND topic = ? AND event_key = 'student-1'",
                        id,
                        TOPIC))
                .isEqualTo(1);
    }

    @Test
    void aTransientFailureLeavesNothingButItsRecordAndTheNextDeliveryDoesIt() {
        handler.script.add(() -> HandlerResult.transientFailure("not yet"));
        handler.script.add(() -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(deliver(payload)).isEqualTo("RETRY");
        assertThat(effects()).isZero();
        assertThat(deliver(payload)).isEqualTo("RETRY");
        assertThat(failure())
                .containsEntry("attempts", 2)
                .containsEntry("permanent", false)
                .containsEntry("reason", "java.lang.IllegalStateException: a bug")
                .containsEntry("source", "scripted-worker")
                .containsEntry("topic", TOPIC)
                .containsEntry("event_key", "student-1")
                .containsEntry("correlation_id", "flow-" + id);
        assertThat(String.valueOf(failure().get("event"))).contains("\"specversion\"", id);

        assertThat(deliver(payload)).isEqualTo("SUCCESS");
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void aPermanentFailureGoesToTheDeadLettersAtOnce() {
        handler.script.add(() -> HandlerResult.permanent("there is no such payment"));

        JsonNode answer = worker.deliver(TOPIC, "student-1", cloudEvent("PURCHASE_CONFIRMED", id, payload));

        assertThat(answer.path("status").stringValue()).isEqualTo("DROP");
        assertThat(answer.path("reason").stringValue()).isEqualTo("there is no such payment");
        assertThat(failure()).containsEntry("attempts", 1).containsEntry("permanent", true);
        assertThat(effects()).isZero();
        assertThat(database.processed("flow-" + id)).isEmpty();
    }

    @Test
    void whatIsUnavailableIsWaitedForAndCountsAsNoFailure() {
        handler.script.add(() -> HandlerResult.unavailable("the backend"));
        handler.script.add(() -> {
            throw new DataAccessResourceFailureException("the database is restarted");
        });

        assertThat(deliver(payload)).isEqualTo("SUCCESS");

        assertThat(effects()).isEqualTo(1);
        assertThat(database.count("event_failure", "event_id = ?", id)).isZero();
    }

    @Test
    void aBatchIsProcessedAtOnce() {
        handler.calls.clear();

        assertThat(worker.deliverBatch(
                        TOPIC, List.of(entry("a", "1"), entry("b", "2"), entry("a", "3"), entry("a", "1"))))
                .containsOnly("SUCCESS");

        assertThat(handler.calls)
                .as("the size of the one batch, without the repeated event")
                .containsExactly(3);
        assertThat(effectsOfBatch()).containsExactly("1", "2", "3");
    }

    @Test
    void ofABatchWithAFaultOnlyThatEventFailsAndLaterOnesOfItsKeyWaitForIt() {
        String note = "fault-" + id;
        handler.byNote.put(note, HandlerResult.transientFailure("not yet"));

        assertThat(worker.deliverBatch(
                        TOPIC,
                        List.of(
                                entry("a", "1"),
                                entry("b", "2"),
                                entry("a", "3", note),
                                entry("b", "4"),
                                entry("a", "5"),
                                entry("c", "6"))))
                .containsExactly("SUCCESS", "SUCCESS", "RETRY", "SUCCESS", "RETRY", "SUCCESS");
        assertThat(effectsOfBatch()).containsExactly("1", "2", "4", "6");
        assertThat(database.count("event_failure", "event_id = ? AND attempts = 1", "3-" + id))
                .isOne();
        assertThat(database.count("event_failure", "event_id = ?", "5-" + id))
                .as("an event that waited has not failed")
                .isZero();

        handler.byNote.remove(note);

        assertThat(worker.deliverBatch(TOPIC, List.of(entry("a", "3", note), entry("a", "5"))))
                .containsOnly("SUCCESS");
        assertThat(effectsOfBatch()).containsExactly("1", "2", "4", "6", "3", "5");
    }

    @Test
    void laterEventsOfAnotherTypeWaitForTheirKeyToo() {
        String note = "fault-" + id;
        handler.byNote.put(note, HandlerResult.transientFailure("not yet"));

        assertThat(worker.deliverBatch(TOPIC, List.of(entry("a", "1", note), otherType("a", "2"), otherType("b", "3"))))
                .containsExactly("RETRY", "RETRY", "SUCCESS");
    }

    @Test
    void whatFailsFourTimesIsGivenUpAndNoLongerHoldsUpItsKey() {
        String note = "fault-" + id;
        handler.byNote.put(note, HandlerResult.transientFailure("never"));
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(worker.deliverBatch(TOPIC, List.of(entry("a", "1", note), entry("a", "2"))))
                    .containsExactly("RETRY", "RETRY");
        }

        // There is no sidecar here that takes the dead letter, so the event comes again; but the next one of its key
        // goes on.
        assertThat(worker.deliverBatch(TOPIC, List.of(entry("a", "1", note), entry("a", "2"))))
                .containsExactly("RETRY", "SUCCESS");
        assertThat(worker.deliver(TOPIC, "a", entry("a", "1", note).event())
                        .path("status")
                        .stringValue())
                .isEqualTo("DROP");
        assertThat(effectsOfBatch()).containsExactly("2");
    }

    @Test
    void whatNoHandlerReadsInABatchHoldsUpNothing() {
        assertThat(worker.deliverBatch(
                        TOPIC,
                        List.of(
                                entry("a", "1"),
                                new BatchEntry("a", "no JSON " + id),
                                new BatchEntry("a", cloudEvent("PURCHASE_CREATED", "x-" + id, Map.of())),
                                entry("a", "2"))))
                .containsExactly("SUCCESS", "RETRY", "RETRY", "SUCCESS");
        assertThat(effectsOfBatch()).containsExactly("1", "2");
        assertThat(database.count("event_failure", "event LIKE ? AND permanent", "%" + id + "%"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json at all | it is not JSON",
                "[] | it is not a JSON object",
                "{\"specversion\":\"1.0\",\"id\":\"$\",\"source\":\"backend\",\"type\":\"PURCHASE_CONFIRMED\"} | its data is missing",
                "{\"specversion\":\"1.0\",\"id\":\"$\",\"type\":\"PURCHASE_CONFIRMED\",\"data\":{}} | its source is not",
                "{\"specversion\":\"0.3\",\"id\":\"$\",\"source\":\"backend\",\"type\":\"PURCHASE_CONFIRMED\",\"data\":{}} | not a CloudEvent of version 1.0",
                "{\"specversion\":\"1.0\",\"id\":\"$\",\"source\":\"backend\",\"type\":\"PURCHASE_REVOKED\",\"data\":{}} | no event type of topic purchase-confirmed is named 'PURCHASE_REVOKED'",
                "{\"specversion\":\"1.0\",\"id\":\"$\",\"source\":\"backend\",\"type\":\"PURCHASE_CONFIRMED\",\"data\":{\"version\":2}} | version 2 of PURCHASE_CONFIRMED is unknown",
                "{\"specversion\":\"1.0\",\"id\":\"$\",\"source\":\"backend\",\"type\":\"PURCHASE_CONFIRMED\",\"data\":{\"amount\":1}} | its payload has no 'paymentId'",
                "{\"specversion\":\"1.0\",\"id\":\"$\",\"source\":\"backend\",\"type\":\"PURCHASE_CONFIRMED\",\"data\":{\"paymentId\":\"p\"}} | its payload is malformed at 'amount'",
                "{\"specversion\":\"1.0\",\"id\":\"$\",\"source\":\"backend\",\"type\":\"PURCHASE_CONFIRMED\",\"data\":{\"paymentId\":\"p\",\"amount\":\"many\"}} | its payload is malformed at 'amount'",
            })
    void whatCannotBeUnderstoodIsADeadLetterWithTheReason(String body, String reason) {
        JsonNode answer = worker.deliver(TOPIC, "student-1", body.replace("$", id));

        assertThat(answer.path("status").stringValue()).isEqualTo("DROP");
        assertThat(answer.path("reason").stringValue()).contains(reason);
        assertThat(database.count("event_failure", "reason LIKE ? AND permanent", "%" + reason + "%"))
                .isPositive();
    }

    @Test
    void aTypeOfTheTopicThatNoHandlerTakesIsPassedOver() {
        JsonNode answer = worker.deliver("purchase-created", "k", cloudEvent("PURCHASE_CREATED", id, Map.of()));

        assertThat(answer.path("status").stringValue()).isEqualTo("SUCCESS");
        assertThat(database.count("processed_events", "event_id = ?", id)).isZero();
    }

    @Test
    void onlyTheSidecarMayDeliver() {
        String event = cloudEvent("PURCHASE_CONFIRMED", id, payload);

        assertThat(worker.post("/events/" + TOPIC, event, null, "k").statusCode())
                .isEqualTo(401);
        assertThat(worker.post("/events/" + TOPIC, event, "wrong", "k").statusCode())
                .isEqualTo(401);
        assertThat(effects()).isZero();
    }

    @Test
    void theMetricsTellWhatBecameOfEvents() {
        deliver(payload);
        deliver(payload);

        assertThat(worker.get("/metrics").body())
                .contains(
                        "tidings_worker_events_total{result=\"processed\",type=\"PURCHASE_CONFIRMED\"}",
                        "tidings_worker_events_total{result=\"duplicate\",type=\"PURCHASE_CONFIRMED\"}",
                        "tidings_worker_latency_seconds_count",
                        "tidings_worker_handling_seconds_count");
        assertThat(worker.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(worker.get("/health/ready").statusCode()).isEqualTo(200);
    }

    private String deliver(Object data) {
        return worker.deliver(TOPIC, "student-1", cloudEvent("PURCHASE_CONFIRMED", id, data))
                .path("status")
                .stringValue();
    }

    private BatchEntry entry(String key, String number) {
        return entry(key, number, "fine");
    }

    private BatchEntry entry(String key, String number, String note) {
        return entry(key, "PURCHASE_CONFIRMED", number, note);
    }

    private BatchEntry otherType(String key, String number) {
        return entry(key, OtherHandler.TYPE, number, "fine");
    }

    private BatchEntry entry(String key, String type, String number, String note) {
        return new BatchEntry(
                key + id, cloudEvent(type, number + "-" + id, Map.of("paymentId", "p", "amount", 1, "note", note)));
    }

    /** The numbers of this test's events in the order of their effects. */
    private List<String> effectsOfBatch() {
        return database.jdbc()
                .sql("SELECT split_part(event_id, '-', 1) FROM effects WHERE event_id LIKE ? ORDER BY number")
                .param("%-" + id)
                .query((row, n) -> row.getString(1))
                .list();
    }

    private int effects() {
        return database.count("effects", "event_id = ?", id);
    }

    private Map<String, @Nullable Object> failure() {
        return database.jdbc()
                .sql("SELECT * FROM event_failure WHERE event_id = ?")
                .param(id)
                .query()
                .singleRow();
    }
}
