package dev.tidings.backend.tasks;

import static dev.tidings.backend.Tutoring.atOnce;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.events.EventType;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** R-TK-1: tasks over HTTP, on the real database, without a sidecar. */
class TasksApiIT {
    private static final String ISO_MILLIS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static RunningBackend backend;

    private final String user = "user-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        backend = RunningBackend.shared();
    }

    @Test
    void aTaskLivesFromItsCreationToItsDeletionAndEachChangeIsAnEvent() {
        Reply created = backend.send(user, "POST", "/api/tasks", """
                {"title": "Call the supplier", "description": "Ask\\nfor the date", "due_at": "2026-02-08T10:00:00+01:00",
                 "recurrence": "weekly"}
                """);
        assertThat(created.status()).isEqualTo(201);
        String id = created.json().path("task_id").stringValue();
        assertThat(created.header("Location")).isEqualTo("/api/tasks/" + id);
        assertThat(created.json().path("due_at").stringValue()).isEqualTo("2026-02-08T09:00:00.000Z");
        assertThat(created.json().path("created_at").stringValue()).matches(ISO_MILLIS);
        assertThat(created.json().path("status").stringValue()).isEqualTo("open");
        assertThat(created.json().path("version").intValue()).isOne();
        assertThat(backend.send(user, "GET", "/api/tasks/" + id, null).json()).isEqualTo(created.json());

        Reply changed = backend.send(user, "PATCH", "/api/tasks/" + id, "{\"title\": \"Call\", \"due_at\": null}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("title").stringValue()).isEqualTo("Call");
        assertThat(changed.json().path("due_at").isNull()).isTrue();
        assertThat(changed.json().path("description").stringValue()).isEqualTo("Ask\nfor the date");

        assertThat(backend.send(user, "PATCH", "/api/tasks/" + id, "{\"title\": \"Call\"}")
                        .json())
                .isEqualTo(changed.json());
        Reply completed = backend.send(user, "POST", "/api/tasks/" + id + "/complete", null);
        assertThat(completed.json().path("status").stringValue()).isEqualTo("completed");
        assertThat(backend.send(user, "POST", "/api/tasks/" + id + "/complete", null)
                        .json())
                .isEqualTo(completed.json());

        assertThat(backend.send(user, "DELETE", "/api/tasks/" + id, null).status())
                .isEqualTo(204);
        assertThat(backend.send(user, "GET", "/api/tasks/" + id, null).status()).isEqualTo(404);
        assertThat(backend.send(user, "DELETE", "/api/tasks/" + id, null).status())
                .isEqualTo(404);

        List<JsonNode> events = backend.events(user);
        assertThat(events)
                .extracting(event -> event.path("event_type").stringValue())
                .containsExactly("task.created", "task.updated", "task.completed", "task.deleted");
        assertThat(events).extracting(event -> event.path("version").intValue()).containsExactly(1, 2, 3, 4);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.path("user_id").stringValue()).isEqualTo(user);
            assertThat(event.path("task_id").stringValue()).isEqualTo(id);
            assertThat(event.path("timestamp").stringValue()).matches(ISO_MILLIS);
        });
    }

    @Test
    void theListShowsTheUsersOwnTasksPageByPageNewestFirst() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(create("task " + i));
        }
        backend.send("somebody-else", "POST", "/api/tasks", "{\"title\": \"not yours\"}");

        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = backend.send(user, "GET", "/api/tasks?limit=2&cursor=" + next, null)
                    .json();
            page.path("items").forEach(item -> seen.add(item.path("task_id").stringValue()));
            next = page.path("nextCursor").stringValue(null);
        } while (next != null);

        assertThat(seen).isEqualTo(ids);
    }

    @Test
    void aTaskOfSomebodyElseDoesNotExist() {
        String id = create("mine");

        for (String method : List.of("GET", "DELETE", "PATCH")) {
            String body = method.equals("PATCH") ? "{\"title\": \"stolen\"}" : null;
            assertThat(backend.send("thief", method, "/api/tasks/" + id, body).status())
                    .isEqualTo(404);
        }
        assertThat(backend.send("thief", "POST", "/api/tasks/" + id + "/complete", null)
                        .status())
                .isEqualTo(404);
        assertThat(backend.send(user, "GET", "/api/tasks/" + id, null)
                        .json()
                        .path("version")
                        .intValue())
                .isOne();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                | title",
                "{\"title\": null}                                 | title",
                "{\"title\": \"  \"}                               | title",
                "{\"title\": 7}                                    | title",
                "{\"title\": \"a\\u0000b\"}                        | title",
                "{\"title\": \"a\\nb\"}                            | title",
                "{\"title\": \"a\\ud800b\"}                        | title",
                "{\"title\": \"t\", \"description\": \"\\u0007\"}  | description",
                "{\"title\": \"t\", \"description\": []}           | description",
                "{\"title\": \"t\", \"due_at\": \"tomorrow\"}      | due_at",
                "{\"title\": \"t\", \"due_at\": \"2026-02-07\"}    | due_at",
                "{\"title\": \"t\", \"due_at\": \"+12026-02-07T00:00:00Z\"} | due_at",
                "{\"title\": \"t\", \"recurrence\": \"yearly\"}    | recurrence",
                "{\"title\": \"t\", \"dueAt\": \"x\"}              | dueAt",
            })
    void aWrongFieldIsNamed(String body, String field) {
        Reply reply = backend.send(user, "POST", "/api/tasks", body);

        assertProblem(reply, 400);
        assertThat(reply.blamed()).containsExactly(field);
        assertThat(backend.events(user)).isEmpty();
    }

    @Test
    void everyWrongFieldIsNamedAtOnceAndLimitsCountCharacters() {
        String longTitle = "x".repeat(201);
        Reply reply = backend.send(
                user,
                "POST",
                "/api/tasks",
                "{\"title\": \"%s\", \"description\": \"%s\", \"recurrence\": \"often\"}"
                        .formatted(longTitle, "y".repeat(4_001)));

        assertThat(reply.blamed()).containsExactly("title", "description", "recurrence");
        String emoji = "🎈".repeat(200);
        assertThat(backend.send(user, "POST", "/api/tasks", "{\"title\": \"%s\"}".formatted(emoji))
                        .json()
                        .path("title")
                        .stringValue())
                .isEqualTo(emoji);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "7", "{\"title\": \"a\"} {}", "{\"title\":\"a\",\"title\":\"b\"}", "not json"})
    void whatIsNoJsonObjectIsRefused(String body) {
        assertProblem(backend.send(user, "POST", "/api/tasks", body), 400);
    }

    @Test
    void aBodyThatIsTooDeepOrTooLargeIsRefused() {
        assertProblem(backend.send(user, "POST", "/api/tasks", "{\"title\":" + "[".repeat(5_000)), 400);
        String large = "{\"title\": \"" + "x".repeat(3_000_000) + "\"}";
        assertProblem(backend.send(user, "POST", "/api/tasks", large), 413);
        HttpRequest chunked = HttpRequest.newBuilder(backend.uri("/api/tasks"))
                .header("Authorization", "Bearer " + RunningBackend.token(user))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large.getBytes(UTF_8))))
                .build();
        assertProblem(backend.send(chunked), 413);
    }

    @Test
    void wrongMethodsTypesPathsAndParametersAreProblemsToo() {
        assertProblem(backend.send(user, "PUT", "/api/tasks", "{}"), 405);
        assertProblem(backend.send(user, "POST", "/api/unknown", "{}"), 404);
        assertProblem(backend.send(user, "GET", "/api/tasks/1", null), 404);
        assertProblem(backend.send(user, "GET", "/api/tasks/" + "x".repeat(5_000), null), 404);
        assertProblem(backend.send(user, "GET", "/api/tasks/1-1-1-1-1", null), 404);
        assertThat(backend.send(user, "GET", "/api/tasks?limit=0", null).blamed())
                .containsExactly("limit");
        assertThat(backend.send(user, "GET", "/api/tasks?limit=101", null).blamed())
                .containsExactly("limit");
        assertThat(backend.send(user, "GET", "/api/tasks?cursor=abc", null).blamed())
                .containsExactly("cursor");
        HttpRequest text = HttpRequest.newBuilder(backend.uri("/api/tasks"))
                .header("Authorization", "Bearer " + RunningBackend.token(user))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"title\": \"t\"}"))
                .build();
        assertProblem(backend.send(text), 415);
        assertProblem(backend.send(user, "GET", "/api/tasks/..%2f..", null), 404);
    }

    @Test
    void aRepeatWithTheSameKeyIsAnsweredAsTheFirstTime() {
        String body = "{\"title\": \"once\"}";
        Reply first = backend.send(user, "POST", "/api/tasks", body, "Idempotency-Key", "k-1");
        Reply repeat = backend.send(user, "POST", "/api/tasks", body, "Idempotency-Key", "k-1");

        assertThat(repeat.status()).isEqualTo(201);
        assertThat(repeat.json()).isEqualTo(first.json());
        assertThat(repeat.header("Location")).isEqualTo(first.header("Location"));
        assertThat(repeat.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(backend.events(user)).hasSize(1);
        assertProblem(backend.send(user, "POST", "/api/tasks", "{\"title\": \"two\"}", "Idempotency-Key", "k-1"), 422);
        String other = "other-" + user;
        assertThat(backend.send(other, "POST", "/api/tasks", body, "Idempotency-Key", "k-1")
                        .header("Idempotency-Replayed"))
                .isEmpty();
        assertThat(backend.send(user, "POST", "/api/tasks", body, "Idempotency-Key", "x".repeat(256))
                        .blamed())
                .containsExactly("Idempotency-Key");
    }

    @Test
    void aRefusedRequestLeavesNoKey() {
        backend.send(user, "POST", "/api/tasks", "{}", "Idempotency-Key", "k-2");

        assertThat(backend.send(user, "POST", "/api/tasks", "{\"title\": \"now right\"}", "Idempotency-Key", "k-2")
                        .status())
                .isEqualTo(201);
        String id = UUID.randomUUID().toString();
        String complete = "/api/tasks/" + id + "/complete";
        assertThat(backend.send(user, "POST", complete, null, "Idempotency-Key", "k-3")
                        .status())
                .isEqualTo(404);
        assertThat(backend.jdbc()
                        .sql("SELECT count(*) FROM idempotency_key WHERE key = 'k-3' AND user_id = :user")
                        .param("user", user)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void theSameRequestTwentyTimesAtOnceMakesOneTask() throws Exception {
        List<Reply> replies = atOnce(
                20, i -> backend.send(user, "POST", "/api/tasks", "{\"title\": \"one\"}", "Idempotency-Key", "k-4"));

        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(201));
        assertThat(new HashSet<>(replies.stream().map(Reply::json).toList())).hasSize(1);
        assertThat(backend.events(user)).hasSize(1);
    }

    @Test
    void concurrentChangesOfOneTaskAreCountedOneByOneAndTheirEventsKeepTheOrder() throws Exception {
        String id = create("start");

        List<Reply> replies = atOnce(
                30, i -> backend.send(user, "PATCH", "/api/tasks/" + id, "{\"title\": \"title %d\"}".formatted(i)));

        assertThat(replies)
                .extracting(reply -> reply.json().path("version").longValue())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(2, 31).mapToObj(Long::valueOf).toList());
        List<JsonNode> events = backend.events(user);
        assertThat(events)
                .extracting(event -> event.path("version").longValue())
                .isEqualTo(IntStream.rangeClosed(1, 31).mapToObj(Long::valueOf).toList());
        assertThat(events.getLast().path("title"))
                .isEqualTo(backend.send(user, "GET", "/api/tasks/" + id, null)
                        .json()
                        .path("title"));
    }

    @Test
    void completedAtOnceByManyATaskIsCompletedOnce() throws Exception {
        String id = create("finish");

        List<Reply> replies = atOnce(10, i -> backend.send(user, "POST", "/api/tasks/" + id + "/complete", null));

        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
        assertThat(backend.events(user))
                .extracting(event -> EventType.of(event.path("event_type").stringValue()))
                .containsExactly(EventType.TASK_CREATED, EventType.TASK_COMPLETED);
    }

    @Test
    void aTaskThatCannotBeAnnouncedIsNotChanged() {
        backend.jdbc()
                .sql("ALTER TABLE outbox ADD CONSTRAINT broken CHECK (key <> '%s')".formatted(user))
                .update();
        try {
            assertProblem(backend.send(user, "POST", "/api/tasks", "{\"title\": \"t\"}"), 500);
        } finally {
            backend.jdbc().sql("ALTER TABLE outbox DROP CONSTRAINT broken").update();
        }
        assertThat(backend.send(user, "GET", "/api/tasks", null)
                        .json()
                        .path("items")
                        .size())
                .isZero();
    }

    private String create(String title) {
        return backend.send(user, "POST", "/api/tasks", "{\"title\": \"%s\"}".formatted(title))
                .json()
                .path("task_id")
                .stringValue();
    }

    private static void assertProblem(Reply reply, int status) {
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.json().path("status").intValue()).isEqualTo(status);
        assertThat(reply.json().path("title").stringValue()).isNotBlank();
        assertThat(reply.json().path("type").stringValue()).isNotBlank();
        assertThat(reply.json().path("detail").stringValue()).isNotBlank();
        assertThat(reply.json().path("errors").isArray()).isTrue();
    }
}
