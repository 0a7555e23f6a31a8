package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.local.supervision.Part;
import dev.tidings.local.topology.LocalStack;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * R-OP-2, R-EV-5: the verdict names the cause that a test brings about. The stack's {@code tidings.journeys.acknowledge-limit} is 3 s.
 * {@code EventVerdictTest}, {@code JourneysApiIT} and {@code DeliveriesIT} cover the causes that cannot be brought about in seconds.
 */
@OnRunningStack
class EveryCauseIsNamedIT {
    private final Stack stack;
    private final String user = Users.named("caused");
    private final String token;

    EveryCauseIsNamedIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(user);
    }

    @AfterEach
    void allIsWellAgain() {
        stack.awaitHealthy();
    }

    @Test
    void theSidecarOfThePublisherIsDown() {
        stack.sidecarOf(LocalStack.BACKEND).kill();
        String task = stack.tasks().create(token, "held back");

        awaitVerdict(task, "sidecar_down", "sidecar of backend");
        awaitVerdict(user, "sidecar_down", "not published");
        stack.sidecarOf(LocalStack.BACKEND).start();
        awaitVerdict(task, "user_offline", "");
    }

    /** The rows stand for events whose topic the sidecar does not accept. */
    @Test
    void refusedEventsStopTheirKeyAndEventsOfSeveralKeysPauseTheirTopic() {
        String event = commit("backend", user, "forbidden-topic");
        String behind = commit("backend", user, "forbidden-topic");
        try {
            awaitVerdict(event, "event_refused", "forbidden-topic");
            awaitVerdict(behind, "key_blocked", event);
            commit("backend", Users.named("other"), "forbidden-topic");
            awaitVerdict(event, "topic_paused", "2 keys");
        } finally {
            stack.database().update("DELETE FROM backend.outbox WHERE topic = 'forbidden-topic'");
        }
    }

    /** Its lease would run out by itself within a minute. */
    @Test
    void aStoppedWorkerNeitherProcessesNorPublishes() {
        Part worker = stack.part("notification-service");
        worker.kill();
        String held = commit("notification_service", user, "notifications");
        stack.database().update("UPDATE notification_service.outbox_relay SET alive_until = now()");
        awaitVerdict(held, "relay_stopped", "notification-service");

        try (SocketClient socket = stack.replica(1).connect(token)) {
            String task = stack.tasks().create(token, "not noticed");
            acknowledge(socket, "not noticed");
            awaitVerdict(task, "worker_lagging", "notification-service has not processed it yet");
        } finally {
            stack.database().update("DELETE FROM notification_service.outbox WHERE id = ?", UUID.fromString(held));
        }
    }

    @Test
    void anEventThatAWorkerCannotProcessIsADeadLetter() {
        BusEvent broken = BusEvent.business("order.created", user)
                .onTopic("order.created")
                .with("buyerId", user);
        stack.publisher().publish(broken);

        awaitVerdict(broken.id(), "dead_lettered", "notification-service could not process it");
    }

    @Test
    void aPurchaseWithoutATrainerWaits() {
        String payment = stack.tutoring().buy(user, stack.tutoring().newCourse(), 10);

        awaitVerdict(payment, "waiting_for_trainer", "waits for a trainer");
    }

    @Test
    void theDatabaseDoesNotFinishTheAppend() {
        String name = "user:" + user;
        stack.tasks().create(token, "first");
        stack.database().awaitLogged(user, 1);
        stack.database().locking("SELECT * FROM delivery.stream WHERE name = ? FOR UPDATE", name, () -> {
            String task = stack.tasks().create(token, "waits for the lock");
            awaitVerdict(task, "database_slow", "waits for Lock");
        });
        stack.database().awaitLogged(user, 2);
    }

    @Test
    void theUserIsOfflineAndThenTheTokenHasExpired() {
        awaitVerdict(stack.tasks().create(token, "nobody looks"), "user_offline", "no open connection existed");
        awaitVerdict(user, "user_offline", "No open connection");

        try (SocketClient socket = stack.replica(1).connect(token)) {
            String expired = stack.tokens().of(user, Role.USER, Duration.ofHours(-1));
            socket.send("{\"type\":\"auth\",\"token\":\"%s\"}".formatted(expired));
            assertThat(socket.awaitClose()).isEqualTo(4200);
        }
        await("the end of the connection").until(() -> stack.replica(1).connectionsOf(user) == 0);
        awaitVerdict(stack.tasks().create(token, "after the end"), "token_expired", "by TOKEN_EXPIRED");
        awaitVerdict(user, "token_expired", "by TOKEN_EXPIRED");
    }

    @Test
    void theEventNamesItsUserInAWrongField() {
        BusEvent task = BusEvent.task(user, "for nobody").with("userId", user);
        task.data().remove("user_id");
        stack.publisher().publish(task);

        awaitVerdict(task.id(), "wrong_recipient", "NO_RECIPIENT");
    }

    @Test
    void aClientDoesNotAcknowledgeAndAPageFreezes() {
        try (SocketClient silent = stack.replica(1).connect(token)) {
            String task = stack.tasks().create(token, "seen");
            String cursor = silent.ledger().awaitTitle("seen").cursor();
            awaitVerdict(task, "not_acknowledged", "acknowledged by 0");

            silent.send("{\"type\":\"ping\",\"cursor\":\"%s\"}".formatted(cursor));
            awaitVerdict(task, "delivered", "acknowledged by 1");
            String frozen = stack.tasks().create(token, "on a frozen page");
            silent.ledger().awaitTitle("on a frozen page");
            awaitVerdict(frozen, "page_frozen", "has sent nothing since");
        }
    }

    /** The row stands for the inbox of a worker, which outlives the log. */
    @Test
    void theEventIsOlderThanTheRetention() {
        String event = UUID.randomUUID().toString();
        stack.database().update("""
                INSERT INTO backend.processed_events (source, event_source, event_id, event_type, topic, event_time, processed_at)
                VALUES ('notification-service', 'backend', ?, 'task.created', 'task-updates', now() - interval '25 days',
                        now() - interval '25 days')
                """, event);

        awaitVerdict(event, "expired", "keeps nothing from before");
    }

    @Test
    void anIdThatNobodyKnowsIsNotFoundAndAMalformedOneIsRefused() {
        assertThat(ask(UUID.randomUUID().toString()).status()).isEqualTo(404);
        assertThat(ask("<script>alert(1)</script>").status()).isEqualTo(404);
        assertThat(ask("\u0007").status()).isEqualTo(400);
        assertThat(Http.get(stack.backend().resolve("/api/v1/admin/journeys?id=" + user), token)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anOrderLeadsToItsEventsTheirUserAndWhatTheyCaused() {
        try (SocketClient socket = stack.replica(1).connect(token)) {
            String order = stack.orders().create(token);
            await("the notification of order " + order).untilAsserted(() -> {
                JsonNode flow = ask(order).json().path("flow");
                assertThat(flow.path("user").asString()).isEqualTo(user);
                assertThat(flow.path("events")
                                .valueStream()
                                .map(event -> event.path("type").asString()))
                        .containsExactly("order.created", "notification.created");
                String created = flow.path("events").path(0).path("eventId").asString();
                assertThat(flow.path("events").path(1).path("causedBy").asString())
                        .isEqualTo(created);
                JsonNode event = ask(created).json().path("event");
                assertThat(event.path("flow").path("id").asString()).isEqualTo(order);
                assertThat(event.path("caused").path(0).path("type").asString()).isEqualTo("notification.created");
            });
            assertThat(socket.closeCode()).isEmpty();
        }
    }

    private void acknowledge(SocketClient socket, String title) {
        socket.send("{\"type\":\"ping\",\"cursor\":\"%s\"}"
                .formatted(socket.ledger().awaitTitle(title).cursor()));
    }

    /** Writes an event into an outbox, and returns its id. */
    private String commit(String schema, String key, String topic) {
        UUID id = UUID.randomUUID();
        stack.database()
                .update(
                        "INSERT INTO %s.outbox (id, topic, key, slot, type, payload) VALUES (?, ?, ?, 1, 'a.type', '{}')"
                                .formatted(schema),
                        id,
                        topic,
                        key);
        return id.toString();
    }

    private void awaitVerdict(String id, String code, String cause) {
        await("the verdict " + code).untilAsserted(() -> {
            JsonNode found = ask(id).json();
            JsonNode journey = found.valueStream()
                    .filter(part -> part.path("code").isString())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no journey: " + found));
            assertThat(journey.path("code").asString()).as(journey.toString()).isEqualTo(code);
            assertThat(journey.path("cause").asString()).contains(cause);
            assertThat(journey.path("next").asString()).isNotEmpty();
        });
    }

    private Http.Answer ask(String id) {
        return Http.get(
                stack.backend().resolve("/api/v1/admin/journeys?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8)),
                stack.tokens().of("op", Role.OPERATOR));
    }
}
