package dev.tidings.backend.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.tokens.Role;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-EV-5: journeys over HTTP while there is no sidecar, so that nothing leaves and the WebSocket service is silent. */
class JourneysApiIT {
    private static final String PATH = "/api/v1/admin/journeys/";
    private static RunningBackend backend;

    private final String user = "user-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        backend = RunningBackend.withoutSidecar();
        for (String table : List.of("outbox", "outbox_relay")) {
            backend.jdbc()
                    .sql("CREATE TABLE purchase_worker.%1$s (LIKE backend.%1$s INCLUDING ALL)".formatted(table))
                    .update();
        }
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void what_is_committed_is_found_in_the_outbox_of_whoever_wrote_it() {
        backend.send(user, "POST", "/api/tasks", "{\"title\":\"held back\"}");
        backend.jdbc().sql("""
                        INSERT INTO purchase_worker.outbox (id, topic, key, slot, type, payload)
                        VALUES (gen_random_uuid(), 'a-topic', :user, 1, 'a.type', '{}')
                        """).param("user", user).update();

        JsonNode waiting = ask("users/" + user).json().path("waiting");
        assertThat(waiting.valueStream().map(event -> event.path("by").asString()))
                .containsExactly("backend", "purchase-worker");
        for (JsonNode event : waiting) {
            JsonNode journey = ask("events/" + event.path("eventId").asString()).json();
            assertThat(journey.path("stoppedAt").asString()).isEqualTo("published");
            assertThat(journey.path("steps").path(0).path("stage").asString()).isEqualTo("committed");
            assertThat(journey.path("steps").path(0).path("by").asString())
                    .isEqualTo(event.path("by").asString());
        }
    }

    @Test
    void what_workers_wrote_down_about_an_event_is_part_of_its_journey() {
        String event = UUID.randomUUID().toString();
        backend.jdbc().sql("""
                        INSERT INTO processed_events (source, event_source, event_id, event_type, topic, event_time)
                        VALUES ('audit-log-service', 'shop', :event, 'a.type', 'a-topic', now())
                        """).param("event", event).update();
        backend.jdbc().sql("""
                        INSERT INTO event_failure (source, event_source, event_id, event_type, topic, reason, permanent,
                                                   attempts, event, first_failed_at, last_failed_at)
                        VALUES ('cache-worker', 'shop', :event, 'a.type', 'a-topic', 'no such student', TRUE, 1, '{}', now(),
                                now())
                        """).param("event", event).update();

        JsonNode journey = ask("events/" + event).json();
        assertThat(journey.path("stoppedAt").asString()).isEqualTo("consumed");
        assertThat(journey.path("verdict").asString()).contains("no such student");
        assertThat(journey.path("steps")
                        .valueStream()
                        .map(step -> step.path("by").asString()))
                .containsExactly("audit-log-service", "cache-worker");
    }

    @Test
    void a_worker_that_fails_and_retries_is_named_until_it_gives_up() {
        String event = UUID.randomUUID().toString();
        backend.jdbc().sql("""
                        INSERT INTO event_failure (source, event_source, event_id, event_type, topic, reason, permanent,
                                                   attempts, event, first_failed_at, last_failed_at)
                        VALUES ('notification-service', 'backend', :event, 'task.created', 'task-updates', 'no row', FALSE, 2, '{}',
                                now(), now())
                        """).param("event", event).update();
        assertThat(ask("events/" + event).json().path("code").asString()).isEqualTo("worker_failing");

        backend.jdbc().sql("""
                        INSERT INTO dead_letter (id, event_source, event_id, event_type, topic, consumer, error, attempts, event,
                                                 status, received_at, changed_at)
                        VALUES (gen_random_uuid(), 'backend', :event, 'task.created', 'task-updates', 'notification-service', 'no row',
                                4, '{}', 'open', now(), now())
                        """).param("event", event).update();
        assertThat(ask("events/" + event).json().path("code").asString()).isEqualTo("dead_lettered");
        backend.jdbc()
                .sql("UPDATE dead_letter SET status = 'discarded' WHERE event_id = :event")
                .param("event", event)
                .update();
        assertThat(ask("events/" + event).json().path("code").asString()).isEqualTo("discarded");
    }

    @Test
    void a_silent_websocket_service_is_told_and_not_taken_for_an_empty_answer() {
        assertThat(ask("users/" + user).json().path("verdict").asString())
                .startsWith("The WebSocket service did not answer");
        assertThat(ask("events/" + UUID.randomUUID()).json().path("stoppedAt").asString())
                .isEqualTo("logged");
        assertThat(ask("events/no-uuid").status()).isEqualTo(200);
    }

    @Test
    void a_search_finds_out_what_an_id_names() {
        String task = backend.send(user, "POST", "/api/tasks", "{\"title\":\"held back\"}")
                .json()
                .path("task_id")
                .asString();
        JsonNode flow = search(task).json();
        assertThat(flow.path("kind").asString()).isEqualTo("task");
        assertThat(flow.path("flow").path("code").asString()).isEqualTo("sidecar_down");
        JsonNode created = flow.path("flow").path("events").path(0);
        assertThat(created.path("type").asString()).isEqualTo("task.created");

        JsonNode event = search(created.path("eventId").asString()).json();
        assertThat(event.path("kind").asString()).isEqualTo("event");
        assertThat(event.path("event").path("flow").path("id").asString()).isEqualTo(task);
        assertThat(event.path("event").path("user").asString()).isEqualTo(user);
        assertThat(search(user).json().path("kind").asString()).isEqualTo("user");
    }

    @Test
    void a_search_for_nothing_is_not_found_and_says_how_old_the_id_is() {
        for (String unknown : List.of(UUID.randomUUID().toString(), "user-nobody", "%3Cscript%3E", "../../x")) {
            assertThat(search(unknown).status()).as(unknown).isEqualTo(404);
        }
        assertThat(search("019a0f5c-2b7e-7cc0-9f6e-0d9a6f1c2b3a")
                        .json()
                        .path("detail")
                        .asString())
                .contains("By its id it is from 2025-10-2");
        for (String malformed : List.of("", "%20", "%00", "x".repeat(257))) {
            assertThat(search(malformed).status()).as(malformed).isEqualTo(400);
        }
    }

    @Test
    void this_is_for_operators_and_sound_ids() {
        for (Role role : List.of(Role.USER, Role.STUDENT, Role.TRAINER)) {
            assertThat(backend.send(role, user, "GET", PATH + "users/" + user, null)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(ask("users/" + "x".repeat(257)).status()).isEqualTo(400);
        assertThat(ask("events/%01").status()).isEqualTo(400);
    }

    private static Reply search(String id) {
        return backend.send(Role.OPERATOR, "op", "GET", "/api/v1/admin/journeys?id=" + id, null);
    }

    private static Reply ask(String path) {
        return backend.send(Role.OPERATOR, "op", "GET", PATH + path, null);
    }
}
