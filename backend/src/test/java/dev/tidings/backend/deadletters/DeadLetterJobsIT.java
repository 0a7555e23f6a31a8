package dev.tidings.backend.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.Sidecar;
import dev.tidings.devkit.SidecarSpec;
import dev.tidings.devkit.TidingsDatabase.Login;
import dev.tidings.tokens.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-OP-1: operators replay or discard all dead letters of a filter, whatever their number, and nothing is done twice. */
class DeadLetterJobsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String APP_TOKEN = UUID.randomUUID().toString();
    private static final String TOPIC = "purchase-confirmed";
    private static final String LETTERS = "/api/v1/admin/dead-letters";
    private static final String JOBS = "/api/v1/admin/dead-letter-jobs";

    private static FakeWorker worker;
    private static Sidecar workerSidecar;
    private static Sidecar backendSidecar;
    private static Login database;
    private static RunningBackend backend;

    @BeforeAll
    static void start() {
        Infrastructure infrastructure = Infrastructure.shared();
        worker = new FakeWorker(null);
        workerSidecar = infrastructure.startSidecar(
                SidecarSpec.of("purchase-worker").withAppPort(worker.port()).withAppToken(APP_TOKEN));
        backendSidecar = infrastructure.startSidecar(SidecarSpec.of("backend").withAppToken(APP_TOKEN));
        database = infrastructure.freshDatabase().backend();
        backend = backend();
    }

    private static RunningBackend backend() {
        return RunningBackend.on(
                database,
                "--tidings.sidecar.app-token=" + APP_TOKEN,
                "--tidings.edge.trusted-secret=" + APP_TOKEN,
                "--tidings.dead-letters.job-poll=200ms",
                "--tidings.sidecar.http-port=" + backendSidecar.httpPort(),
                "--tidings.sidecar.grpc-port=1");
    }

    @AfterAll
    static void stop() {
        backend.close();
        backendSidecar.stop();
        workerSidecar.stop();
        worker.close();
    }

    @BeforeEach
    void noLetters() {
        backend.jdbc()
                .sql("TRUNCATE dead_letter, dead_letter_action, dead_letter_job")
                .update();
    }

    @Test
    void allLettersOfAFilterAreReplayedOnceAndTheOthersStay() {
        String mark = letters(30, "purchase-worker", TOPIC);
        letters(5, "purchase-worker", "sessions-generated");
        worker.answerNext(mark + "-7\"", "{\"status\":\"DROP\",\"reason\":\"still nonsense\"}");

        String job = started("olga", "{\"action\": \"replay\", \"topic\": \"%s\"}".formatted(TOPIC));
        JsonNode done = awaitJob(job, "done");

        assertThat(done.path("matching").intValue()).isEqualTo(30);
        assertThat(done.path("succeeded").intValue()).isEqualTo(29);
        assertThat(done.path("failed").intValue()).isOne();
        assertThat(deliveries(mark))
                .hasSize(30)
                .allSatisfy((event, times) -> assertThat(times).isOne());
        assertThat(count("status = 'open' AND topic = 'sessions-generated'")).isEqualTo(5);
        assertThat(count("status = 'open' AND topic = '" + TOPIC + "' AND error LIKE '%still nonsense%'"))
                .isOne();
        assertThat(backend.jdbc()
                        .sql("SELECT count(*) FROM dead_letter_action WHERE actor = 'olga' AND result LIKE ?")
                        .param("%" + job + "%")
                        .query(Integer.class)
                        .single())
                .isEqualTo(30);
        assertThat(recorded(job))
                .containsExactly("operator.dead_letter_job.end olga", "operator.dead_letter_job.start olga");
        assertThat(get(JOBS).path("items").path(0).path("id").stringValue()).isEqualTo(job);
    }

    @Test
    void aDoubleClickStartsOneJobAndASecondJobWaitsForTheFirst() {
        CountDownLatch gate = new CountDownLatch(1);
        String mark = letters(3, "purchase-worker", TOPIC);
        worker.answerNext(mark + "-1\"", () -> opened(gate));

        String body = "{\"action\": \"replay\"}";
        String key = UUID.randomUUID().toString();
        Reply first = send("POST", JOBS, body, "Idempotency-Key", key);
        Reply second = send("POST", JOBS, body, "Idempotency-Key", key);
        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
        Reply another = send("POST", JOBS, "{\"action\": \"discard\"}");
        assertThat(another.status()).isEqualTo(409);
        assertThat(another.json().path("detail").stringValue()).contains("a replay that olga started is running");

        gate.countDown();
        awaitJob(first.json().path("id").stringValue(), "done");
        assertThat(deliveries(mark))
                .hasSize(3)
                .allSatisfy((event, times) -> assertThat(times).isOne());
        assertThat(count("status = 'replayed'")).isEqualTo(3);
    }

    @Test
    void aRestartInBetweenGoesOnWhereItWas() {
        CountDownLatch gate = new CountDownLatch(1);
        String mark = letters(20, "purchase-worker", TOPIC);
        worker.answerNext(mark + "-10\"", () -> opened(gate));
        String job = started("olga", "{\"action\": \"replay\"}");
        await().atMost(PATIENCE).until(() -> deliveries(mark).containsKey(mark + "-10"));

        backend.close();
        gate.countDown();
        backend = backend();

        JsonNode done = awaitJob(job, "done");
        assertThat(done.path("succeeded").intValue()).isEqualTo(20);
        Map<String, Long> deliveries = deliveries(mark);
        assertThat(deliveries).hasSize(20);
        deliveries.remove(mark + "-10"); // its answer was lost, so its inbox sees it twice
        assertThat(deliveries).allSatisfy((event, times) -> assertThat(times).isOne());
    }

    @Test
    void aWorkerThatIsAwayIsWaitedForUntilTheJobIsStopped() {
        letters(2, "no-such-worker", TOPIC);
        String job = started("olga", "{\"action\": \"replay\", \"consumer\": \"no-such-worker\"}");

        await().atMost(PATIENCE)
                .until(() -> get(JOBS + "/" + job).path("waitsFor").isString());
        assertThat(send("POST", JOBS + "/" + job + "/stop", null)
                        .json()
                        .path("status")
                        .stringValue())
                .isEqualTo("stopped");
        assertThat(send("POST", JOBS + "/" + job + "/stop", null)
                        .json()
                        .path("status")
                        .stringValue())
                .isEqualTo("stopped");
        assertThat(recorded(job))
                .containsExactly("operator.dead_letter_job.stop olga", "operator.dead_letter_job.start olga");
        assertThat(count("status = 'open'")).isEqualTo(2);
    }

    @Test
    void aHundredThousandLettersAreListedByIndexAndDiscardedInSteps() {
        backend.jdbc().sql("""
                        INSERT INTO dead_letter (id, event_source, event_id, event_type, topic, consumer, error, attempts, event,
                                                 status, received_at, changed_at)
                        SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'backend', n, 'type-' || n % 7,
                               'topic-' || n % 5, 'worker-' || n % 3, 'broken', 1, '{}', 'open', now(), now()
                        FROM generate_series(1, 100000) n
                        """).update();
        backend.jdbc().sql("ANALYZE dead_letter").update();

        for (DeadLetterFilter filter : List.of(
                new DeadLetterFilter("open", null, null, null),
                new DeadLetterFilter("discarded", null, null, null),
                new DeadLetterFilter("open", "worker-1", null, null),
                new DeadLetterFilter("open", null, "topic-none", null),
                new DeadLetterFilter("open", null, null, "type-3"))) {
            for (UUID before : new @Nullable UUID[] {null, new UUID(0x7000, 0x8000_0000_0000_0000L + 50_000)}) {
                assertReadsAPageOnly(filter, before);
            }
        }
        JsonNode page = get(LETTERS + "?consumer=worker-1&limit=100");
        assertThat(page.path("items")).hasSize(100);
        JsonNode next = get(LETTERS + "?consumer=worker-1&limit=100&cursor="
                + page.path("nextCursor").stringValue());
        assertThat(next.path("items").path(0).path("id").stringValue())
                .isLessThan(page.path("items").path(99).path("id").stringValue());

        String job = started("olga", "{\"action\": \"discard\", \"consumer\": \"worker-1\"}");
        JsonNode done = awaitJob(job, "done");
        assertThat(done.path("matching").intValue()).isEqualTo(33_334);
        assertThat(done.path("succeeded").intValue()).isEqualTo(33_334);
        assertThat(count("status = 'open'")).isEqualTo(66_666);
        assertThat(backend.jdbc()
                        .sql("SELECT count(DISTINCT at) FROM dead_letter_action WHERE action = 'discard'")
                        .query(Integer.class)
                        .single())
                .as("steps, a transaction each")
                .isGreaterThanOrEqualTo(33_334 / 500);
    }

    @Test
    void payloadsAreShownAsTextWithoutTheValuesOfMaskedFields() {
        backend.jdbc()
                .sql("""
                        INSERT INTO dead_letter (id, event_source, event_id, event_type, topic, error, attempts, event, status,
                                                 received_at, changed_at)
                        VALUES (gen_random_uuid(), 'shop', 'x', '<script>', 'unknown', 'broken', 1, ?, 'open', now(), now())
                        """)
                .param("{\"data\":{\"note\":\"<script>alert(1)</script>\",\"shipping_address\":\"12 St James's\"}}")
                .update();
        String id = get(LETTERS).path("items").path(0).path("id").stringValue();

        assertThat(get(LETTERS + "/" + id).path("event").stringValue())
                .isEqualTo("{\"data\":{\"note\":\"<script>alert(1)</script>\",\"shipping_address\":\"***\"}}");
    }

    @Test
    void jobsAreForOperatorsAndABadRequestIsAnswered() {
        String unknown = JOBS + "/" + UUID.randomUUID();
        for (Role role : new Role[] {Role.USER, Role.STUDENT, Role.TRAINER}) {
            assertThat(backend.send(role, "mallory", "GET", JOBS, null).status())
                    .isEqualTo(403);
            assertThat(backend.send(role, "mallory", "GET", unknown, null).status())
                    .isEqualTo(403);
            assertThat(backend.send(role, "mallory", "POST", unknown + "/stop", null)
                            .status())
                    .isEqualTo(403);
            assertThat(backend.send(role, "mallory", "POST", JOBS, "{\"action\": \"discard\"}")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(backend.send(Role.ADMIN, "ada", "GET", JOBS, null).status()).isEqualTo(200);
        assertThat(send("GET", unknown, null).status()).isEqualTo(404);
        assertThat(send("GET", JOBS + "/x", null).status()).isEqualTo(404);
        assertThat(send("POST", unknown + "/stop", null).status()).isEqualTo(404);
        assertThat(send("POST", JOBS, "{\"action\": \"burn\"}").blamed()).containsExactly("action");
        assertThat(send("POST", JOBS, "{\"action\": \"replay\", \"all\": true}").blamed())
                .containsExactly("all");
        assertThat(send("POST", JOBS, "{\"action\": \"replay\", \"topic\": \"a\\u0000\"}")
                        .blamed())
                .containsExactly("topic");
        assertThat(send("GET", LETTERS + "?consumer=%00", null).status()).isEqualTo(400);
    }

    private static void assertReadsAPageOnly(DeadLetterFilter filter, @Nullable UUID before) {
        String plan = backend
                .jdbc()
                .sql("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) " + DeadLetterTable.pageSql(filter, before))
                .params(filter.parameters())
                .params(before == null ? Map.of() : Map.of("before", before))
                .param("limit", 21)
                .query((row, n) -> row.getString(1))
                .list()
                .stream()
                .collect(Collectors.joining("\n"));
        assertThat(plan).contains("Index Scan").doesNotContain("Seq Scan", "Sort");
        Matcher skipped = Pattern.compile("Rows Removed by Filter: (\\d+)").matcher(plan);
        assertThat(skipped.find() ? Integer.parseInt(skipped.group(1)) : 0)
                .as(plan)
                .isLessThan(1_000);
    }

    /** Inserts open letters with the event ids {@code <mark>-1}, {@code <mark>-2} …, and returns the mark. */
    private static String letters(int number, String consumer, String topic) {
        String mark = UUID.randomUUID().toString();
        backend.jdbc()
                .sql("""
                        INSERT INTO dead_letter (id, event_source, event_id, event_type, topic, consumer, error, attempts, event,
                                                 status, received_at, changed_at)
                        SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(:offset + n), 12, '0'))::uuid, 'backend',
                               :mark || '-' || n, 'PURCHASE_CONFIRMED', :topic, :consumer, 'broken', 4,
                               '{"id":"' || :mark || '-' || n || '"}', 'open', now(), now()
                        FROM generate_series(1, :number) n
                        """)
                .param("offset", count("true"))
                .param("mark", mark)
                .param("topic", topic)
                .param("consumer", consumer)
                .param("number", number)
                .update();
        return mark;
    }

    private static String opened(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FakeWorker.SUCCESS;
    }

    /** How often each event of the mark was delivered. */
    private static Map<String, Long> deliveries(String mark) {
        Predicate<String> marked = body -> body.contains(mark);
        return worker.deliveries().stream()
                .map(FakeWorker.Delivery::body)
                .filter(marked)
                .collect(Collectors.groupingBy(
                        body -> body.substring(body.indexOf(mark), body.lastIndexOf('"')), Collectors.counting()));
    }

    private static String started(String operator, String body) {
        Reply reply = backend.send(Role.OPERATOR, operator, "POST", JOBS, body);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
        return reply.json().path("id").stringValue();
    }

    private static JsonNode awaitJob(String id, String status) {
        await().atMost(PATIENCE)
                .until(() -> get(JOBS + "/" + id).path("status").stringValue().equals(status));
        return get(JOBS + "/" + id);
    }

    /** What the audit log says about it, newest first. */
    private static List<String> recorded(String target) {
        return get("/api/v1/admin/audit?topic=operator-actions&limit=100")
                .path("items")
                .valueStream()
                .filter(entry -> entry.path("data").path("target").stringValue().equals(target))
                .map(entry -> entry.path("what").stringValue() + " "
                        + entry.path("who").stringValue())
                .toList();
    }

    private static int count(String condition) {
        return backend.jdbc()
                .sql("SELECT count(*) FROM dead_letter WHERE " + condition)
                .query(Integer.class)
                .single();
    }

    private static JsonNode get(String path) {
        Reply reply = send("GET", path, null);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply.json();
    }

    private static Reply send(String method, String path, @Nullable String body, String... headers) {
        return backend.send(Role.OPERATOR, "olga", method, path, body, headers);
    }
}
