package dev.tidings.workers.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.events.Topic;
import dev.tidings.workers.RunningWorker;
import dev.tidings.workers.RunningWorker.BatchEntry;
import dev.tidings.workers.TwoWorkers;
import dev.tidings.workers.WorkersDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** R-TK-2: every event is written down once, with two instances of the worker. */
class AuditIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final WorkersDatabase database = WorkersDatabase.migrated();

    @RegisterExtension
    static final TwoWorkers workers = new TwoWorkers("audit-log-service", database);

    private final String user = "user-" + UUID.randomUUID();

    @Test
    void everyTopicIsSubscribedInBatches() {
        JsonNode subscriptions =
                JSON.readTree(workers.getFirst().get("/dapr/subscribe").body());

        assertThat(subscriptions.valueStream().map(one -> one.path("topic").stringValue()))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Topic.values()).map(Topic::wireName).toList());
        assertThat(subscriptions.valueStream()).allSatisfy(one -> {
            assertThat(one.path("bulkSubscribe").path("enabled").asBoolean()).isTrue();
            assertThat(one.has("deadLetterTopic")).isFalse();
        });
    }

    @Test
    void aBatchIsWrittenDownInItsOrderAndLeavesNoTraceInTheRecordOfBusiness() {
        List<String> statuses = deliver(
                workers.getFirst(),
                "order.created",
                event("order.created", "1-" + user),
                event("order.created", "2-" + user));

        assertThat(statuses).containsExactly("SUCCESS", "SUCCESS");
        assertThat(recorded()).containsExactly("order.created 1-" + user, "order.created 2-" + user);
        assertThat(database.count("processed_events", "true")).isZero();
    }

    @Test
    void theSameEventIsWrittenDownOnceForEachTopicAlsoWithinABatch() {
        String event = event("task.created", "1-" + user);
        deliver(workers.getFirst(), "task-updates", event, event);
        deliver(workers.getLast(), "task-updates", event);
        deliver(workers.getLast(), "dead-letter-queue", event);

        assertThat(recorded()).hasSize(2);
    }

    @Test
    void whatIsNoEventIsWrittenDownToo() {
        List<String> statuses = deliver(workers.getFirst(), "business-events", "no JSON, \u0000 and no end " + user);

        assertThat(statuses).containsExactly("SUCCESS");
        assertThat(database.count("audit_log", "event_type = 'unknown' AND payload LIKE ?", "%" + user + "%"))
                .isOne();
    }

    @Test
    void twoInstancesAtOnceMakeOneChain() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<String>>> answers = IntStream.range(0, 20)
                    .mapToObj(batch -> threads.submit(() -> deliver(
                            workers.inTurn(batch),
                            "notifications",
                            IntStream.range(0, 10)
                                    .mapToObj(i -> event("notification.read", batch / 2 + "." + i + user))
                                    .toArray(String[]::new))))
                    .toList();
            for (Future<List<String>> answer : answers) {
                assertThat(answer.get()).doesNotContain("RETRY");
            }
        }

        assertThat(recorded()).hasSize(100);
        assertThat(database.jdbc().sql("""
                                SELECT count(*) FROM (
                                    SELECT number, lag(number, 1, 0) OVER chain AS before, previous_hash,
                                           lag(hash) OVER chain AS hash_before, hash, audit_hash(audit_log) AS computed
                                    FROM audit_log WINDOW chain AS (ORDER BY number)) AS link
                                WHERE number <> before + 1 OR hash <> computed OR previous_hash <> hash_before
                                """).query(Integer.class).single()).isZero();
    }

    @Test
    void aCallWithoutTheTokenOfTheSidecarWritesNothing() {
        assertThat(workers.getFirst()
                        .post("/events/task-updates", "{\"entries\": []}", "wrong", user)
                        .statusCode())
                .isEqualTo(401);
    }

    private List<String> recorded() {
        return database.jdbc()
                .sql("SELECT event_type || ' ' || event_id FROM audit_log WHERE user_id = ? ORDER BY number")
                .param(user)
                .query((row, n) -> row.getString(1))
                .list();
    }

    private String event(String type, String id) {
        return RunningWorker.cloudEvent(type, id, Map.of("userId", user));
    }

    private List<String> deliver(RunningWorker worker, String topic, String... events) {
        return worker.deliverBatch(
                topic,
                Arrays.stream(events).map(event -> new BatchEntry(user, event)).toList());
    }
}
