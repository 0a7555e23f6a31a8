package dev.tidings.backend.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.Ports;
import dev.tidings.devkit.Sidecar;
import dev.tidings.devkit.SidecarSpec;
import dev.tidings.events.Topic;
import dev.tidings.tokens.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What a worker gives up on can be seen, replayed to it alone, and discarded (R-PF-11). */
class DeadLettersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String APP_TOKEN = UUID.randomUUID().toString();
    private static final String TOPIC = "purchase-confirmed";
    private static final String PATH = "/api/v1/admin/dead-letters";

    private static Sidecar backendSidecar;
    private static Sidecar workerSidecar;
    private static FakeWorker worker;
    private static RunningBackend backend;

    private final String id = UUID.randomUUID().toString();
    private final String key = "student-" + id;

    @BeforeAll
    static void start() {
        Infrastructure infrastructure = Infrastructure.shared();
        infrastructure.createTopics(
                Map.of(TOPIC, Topic.PARTITIONS, Topic.DEAD_LETTER_QUEUE.wireName(), Topic.PARTITIONS));
        String group = "dead-letters-" + UUID.randomUUID();
        worker = new FakeWorker(TOPIC);
        workerSidecar = infrastructure.startSidecar(SidecarSpec.of("purchase-worker")
                .withAppPort(worker.port())
                .withAppToken(APP_TOKEN)
                .withConsumerGroup(group));
        int httpPort = Ports.free();
        int grpcPort = Ports.free();
        backend = RunningBackend.on(
                infrastructure.freshDatabase().backend(),
                "--tidings.sidecar.app-token=" + APP_TOKEN,
                "--tidings.edge.trusted-secret=" + APP_TOKEN,
                "--tidings.dead-letters.redelivery-pause=1s",
                "--tidings.sidecar.http-port=" + httpPort,
                "--tidings.sidecar.grpc-port=" + grpcPort);
        backendSidecar = infrastructure.startSidecar(SidecarSpec.of("backend")
                .withAppPort(backend.uri("/").getPort())
                .withHttpPort(httpPort)
                .withGrpcPort(grpcPort)
                .withAppToken(APP_TOKEN)
                .withConsumerGroup(group + "-backend"));
    }

    @AfterAll
    static void stop() {
        backend.close();
        backendSidecar.stop();
        workerSidecar.stop();
        worker.close();
    }

    @Test
    void whatAWorkerDropsIsListedWithItsReasonAndReplayedToThatWorkerAlone() throws IOException {
        failure("purchase-worker", "there is no payment", true, 1);
        worker.answerNext(id, "{\"status\":\"DROP\"}");
        publish();

        JsonNode letter = awaitLetter();
        assertThat(letter.path("consumer").stringValue()).isEqualTo("purchase-worker");
        assertThat(letter.path("error").stringValue()).isEqualTo("there is no payment");
        assertThat(letter.path("attempts").intValue()).isEqualTo(1);
        assertThat(letter.path("topic").stringValue()).isEqualTo(TOPIC);
        assertThat(letter.path("eventType").stringValue()).isEqualTo("PURCHASE_CONFIRMED");
        assertThat(letter.path("source").stringValue()).isEqualTo("backend");
        assertThat(letter.path("key").stringValue()).isEqualTo(key);
        assertThat(letter.path("correlationId").stringValue()).isEqualTo("flow-" + id);
        String path = PATH + "/" + letter.path("id").stringValue();
        assertThat(operator("GET", path).json().path("event").stringValue()).contains(id);

        worker.answerNext(id, "{\"status\":\"DROP\",\"reason\":\"still none\"}");
        Reply failed = operator("POST", path + "/replay");
        assertThat(failed.status()).isEqualTo(200);
        assertThat(failed.json().path("status").stringValue()).isEqualTo("open");
        assertThat(failed.json().path("error").stringValue()).contains("still none");

        processedLater("purchase-worker");
        Reply replayed = operator("POST", path + "/replay");
        assertThat(replayed.json().path("status").stringValue()).isEqualTo("replayed");
        assertThat(replayed.json().path("laterEventsProcessed").intValue()).isEqualTo(1);
        assertThat(worker.deliveries().stream()
                        .filter(delivery -> delivery.body().contains(id)))
                .hasSize(3)
                .allSatisfy(delivery -> {
                    assertThat(delivery.path()).isEqualTo("/events/" + TOPIC);
                    assertThat(delivery.key()).isEqualTo(key);
                    assertThat(delivery.token()).isEqualTo(APP_TOKEN);
                });
        assertThat(letter(null)).isNull();
        JsonNode actions = operator("GET", path).json().path("actions");
        assertThat(actions.valueStream().map(action -> action.path("actor").stringValue()))
                .containsExactly("olga", "olga");
        assertThat(actions.get(0).path("result").stringValue()).contains("still none");
    }

    @Test
    void aDeadLetterThatNoWorkerHasJudgedIsDeliveredAgainByItself() {
        deliver(event());

        await().atMost(PATIENCE)
                .until(() -> backend.jdbc()
                                .sql("SELECT count(*) FROM dead_letter WHERE event_id = ? AND status = 'replayed'")
                                .param(id)
                                .query(Integer.class)
                                .single()
                        == 1);

        assertThat(worker.deliveries().stream()
                        .filter(delivery -> delivery.body().contains(id)))
                .hasSize(1);
    }

    @Test
    void itIsDeliveredAgainUntilTheWorkerHasGivenUpAndIsThenADeadLetterOfThatWorker() {
        worker.answerNext(id, "{\"status\":\"RETRY\",\"reason\":\"not now\"}");
        worker.answerNext(id, () -> {
            failure("purchase-worker", "never", true, 2);
            return "{\"status\":\"DROP\",\"reason\":\"never\"}";
        });
        deliver(event());

        await().atMost(PATIENCE)
                .until(() -> Objects.requireNonNullElse(letter(null), MissingNode.getInstance())
                        .path("consumer")
                        .asString("")
                        .equals("purchase-worker"));

        assertThat(Objects.requireNonNull(letter(null)).path("error").stringValue())
                .isEqualTo("never");
        assertThat(Objects.requireNonNull(letter("replayed")).path("consumer").isNull())
                .isTrue();
        assertThat(worker.deliveries().stream()
                        .filter(delivery -> delivery.body().contains(id)))
                .hasSize(2);
    }

    @Test
    void lettersThatFailAgainAndAgainHoldUpNoOtherTopic() {
        worker.answerUsually("{\"status\":\"RETRY\",\"reason\":\"not now\"}");
        for (int n = 0; n < 50; n++) {
            deliver(event().replace(id, id + "-" + n));
        }
        deliver(event().replace(TOPIC, "sessions-generated"));

        await().atMost(PATIENCE)
                .until(() -> backend.jdbc()
                                .sql("SELECT replays FROM dead_letter WHERE event_id = ?")
                                .param(id)
                                .query(Integer.class)
                                .single()
                        > 1);
        worker.answerUsually(FakeWorker.SUCCESS);
        await().atMost(PATIENCE)
                .until(() -> backend.jdbc()
                                .sql("SELECT count(*) FROM dead_letter WHERE event_id LIKE ? AND status = 'replayed'")
                                .param(id + "-%")
                                .query(Integer.class)
                                .single()
                        == 50);
    }

    @Test
    void twoWorkersThatGaveUpAreTwoDeadLettersHoweverOftenTheyCome() {
        failure("purchase-worker", "one", true, 1);
        failure("audit-log-service", "two", false, 4);
        failure("cache-worker", "still trying", false, 2);

        deliver(event());
        deliver(event());

        assertThat(backend.jdbc()
                        .sql("SELECT consumer || ': ' || error FROM dead_letter WHERE event_id = ? ORDER BY consumer")
                        .param(id)
                        .query((row, n) -> row.getString(1))
                        .list())
                .containsExactly("audit-log-service: two", "purchase-worker: one");
    }

    @Test
    void aDiscardedLetterIsGoneFromTheListAndItIsKnownWhoDidIt() {
        failure("purchase-worker", "nonsense", true, 1);
        deliver(event());
        String path = PATH + "/" + awaitLetter().path("id").stringValue();

        assertThat(operator("DELETE", path).status()).isEqualTo(204);

        assertThat(letter(null)).isNull();
        assertThat(letter("discarded")).isNotNull();
        assertThat(operator("GET", path).status()).isEqualTo(404);
        assertThat(operator("POST", path + "/replay").status()).isEqualTo(404);
        assertThat(operator("DELETE", path).status()).isEqualTo(404);
        assertThat(backend.jdbc().sql("""
                                SELECT actor FROM dead_letter_action JOIN dead_letter ON id = dead_letter_id
                                WHERE event_id = ? AND action = 'discard'
                                """).param(id).query(String.class).single())
                .isEqualTo("olga");
        deliver(event());
        assertThat(letter(null)).as("the same dead letter again").isNull();
    }

    @Test
    void whatNobodyCanReadIsKeptForAnOperator() {
        deliver("no event " + id);

        assertThat(backend.jdbc()
                        .sql("SELECT event_id FROM dead_letter WHERE event = ? AND consumer IS NULL")
                        .param("no event " + id)
                        .query(String.class)
                        .single())
                .startsWith("sha256-");
    }

    /** R-RL-3: what cannot be stored would come again for ever, and hold up its partition. */
    @Test
    void whateverALetterHoldsIsStored() {
        for (String time : new String[] {
            "+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "294277-01-01T00:00:00Z"
        }) {
            deliver(event().replace("2026-02-07T12:00:00.000Z", time).replace(id, id + time));
        }
        deliver(event().replace("\"backend\"", "\"a\\u0000b\""));
        deliver(event().replace(id, "\\ud800"));
        deliver(event().replace("flow-", "\\u0000"));
        deliver("[".repeat(100_000));
        deliver("{\"id\":1e999999999999}");
        deliver("");

        assertThat(backend.jdbc()
                        .sql("SELECT count(*) FROM dead_letter WHERE event_id LIKE ?")
                        .param(id + "%Z")
                        .query(Integer.class)
                        .single())
                .isEqualTo(4);
    }

    @Test
    void itIsForOperatorsOnlyAndTheCallbackForTheSidecar() {
        for (Role role : new Role[] {Role.USER, Role.STUDENT, Role.TRAINER}) {
            assertThat(backend.send(role, "mallory", "GET", PATH, null).status())
                    .isEqualTo(403);
            assertThat(backend.send(role, "mallory", "POST", PATH + "/" + id + "/replay", null)
                            .status())
                    .isEqualTo(403);
            assertThat(backend.send(role, "mallory", "DELETE", PATH + "/" + id, null)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(backend.send(Role.ADMIN, "ada", "GET", PATH, null).status()).isEqualTo(200);
        assertThat(operator("GET", PATH + "/" + id).status()).isEqualTo(404);
        assertThat(operator("GET", PATH + "?status=lost").status()).isEqualTo(400);
        assertThat(post(event(), "wrong").status()).isEqualTo(401);
    }

    private String event() {
        return """
                {"specversion":"1.0","id":"%1$s","source":"backend","type":"PURCHASE_CONFIRMED","topic":"purchase-confirmed",\
                "time":"2026-02-07T12:00:00.000Z","datacontenttype":"application/json","data":{"correlationId":"flow-%1$s"}}""".formatted(id);
    }

    /** As a worker's runtime does it before it answers. */
    private void failure(String consumer, String reason, boolean permanent, int attempts) {
        backend.jdbc()
                .sql("""
                        INSERT INTO event_failure (source, event_source, event_id, event_type, topic, reason, permanent, attempts,
                                                   event, first_failed_at, last_failed_at)
                        VALUES (?, 'backend', ?, 'PURCHASE_CONFIRMED', 'purchase-confirmed', ?, ?, ?, '{}', now(), now())
                        """)
                .params(consumer, id, reason, permanent, attempts)
                .update();
    }

    private void processedLater(String consumer) {
        backend.jdbc()
                .sql("""
                        INSERT INTO processed_events (source, event_source, event_id, event_type, topic, event_key, event_time)
                        VALUES (?, 'backend', ?, 'PURCHASE_CONFIRMED', 'purchase-confirmed', ?, now())
                        """)
                .params(consumer, UUID.randomUUID().toString(), key)
                .update();
    }

    /** By Kafka: to the worker, and what it drops from its sidecar to the backend's. */
    private void publish() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("%s/v1.0/publish/pubsub/%s?metadata.partitionKey=%s"
                        .formatted(backendSidecar.httpEndpoint(), TOPIC, key)))
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(event()))
                .build();
        assertThat(backend.send(request).status()).isEqualTo(204);
    }

    /** Directly, as the backend's sidecar would. */
    private void deliver(String raw) {
        Reply reply = post(raw, APP_TOKEN);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("statuses").path(0).path("status").stringValue())
                .isEqualTo("SUCCESS");
    }

    private Reply post(String raw, String token) {
        return backend.send(HttpRequest.newBuilder(backend.uri("/events/dead-letter-queue"))
                .header("Content-Type", "application/json")
                .header("dapr-api-token", token)
                .POST(BodyPublishers.ofString(
                        "{\"entries\":[{\"entryId\":\"0\",\"event\":\"%s\",\"metadata\":{\"__key\":\"%s\"}}]}"
                                .formatted(Base64.getEncoder().encodeToString(raw.getBytes(UTF_8)), key)))
                .build());
    }

    private JsonNode awaitLetter() {
        await().atMost(PATIENCE).until(() -> letter(null) != null);
        return Objects.requireNonNull(letter(null));
    }

    /** The one of this test. */
    private @Nullable JsonNode letter(@Nullable String status) {
        return operator("GET", PATH + "?limit=100" + (status == null ? "" : "&status=" + status))
                .json()
                .path("items")
                .valueStream()
                .filter(letter -> letter.path("eventId").stringValue().equals(id))
                .findFirst()
                .orElse(null);
    }

    private Reply operator(String method, String path) {
        return backend.send(Role.OPERATOR, "olga", method, path, null);
    }
}
