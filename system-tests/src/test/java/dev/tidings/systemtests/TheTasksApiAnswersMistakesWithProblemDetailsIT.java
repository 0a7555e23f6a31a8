package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tasks;
import dev.tidings.systemtests.stack.Users;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-TK-1 and "HTTP API": RFC 9457 for every error, and no event from a request that failed. */
@OnRunningStack
class TheTasksApiAnswersMistakesWithProblemDetailsIT {

    private final Stack stack;
    private final Tasks tasks;
    private final String token;

    TheTasksApiAnswersMistakesWithProblemDetailsIT(Stack stack) {
        this.stack = stack;
        this.tasks = stack.tasks();
        this.token = stack.tokens().of(Users.named("careless"));
    }

    @Test
    void aTaskCanBeCreatedReadListedChangedCompletedAndDeleted() {
        Http.Answer created =
                tasks.post(token, "{\"title\":\"write\",\"description\":\"soon\",\"due_at\":\"2030-01-01T10:00:00Z\"}");
        assertThat(created.status()).isEqualTo(201);
        String id = created.json().path("task_id").asString();
        assertThat(tasks.get(token, id).json().path("title").asString()).isEqualTo("write");
        assertThat(tasks.get(token, id).json().path("due_at").asString()).isEqualTo("2030-01-01T10:00:00.000Z");
        assertThat(tasks.patch(token, id, "{\"title\":\"rewrite\"}")
                        .json()
                        .path("title")
                        .asString())
                .isEqualTo("rewrite");
        assertThat(tasks.complete(token, id).status()).isBetween(200, 204);
        assertThat(tasks.titles(token)).containsExactly("rewrite");
        assertThat(tasks.delete(token, id).status()).isBetween(200, 204);
        assertProblem(tasks.get(token, id), 404);
        assertThat(tasks.titles(token)).isEmpty();
    }

    @Test
    void mistakesInTheBodyAreNamedByFieldAndTellNobody() {
        try (SocketClient socket = stack.replica(1).connect(token)) {
            assertFieldProblem(tasks.post(token, "{}"), "title");
            assertFieldProblem(tasks.post(token, Tasks.title("")), "title");
            assertFieldProblem(tasks.post(token, Tasks.title("   ")), "title");
            assertFieldProblem(tasks.post(token, Tasks.title("x".repeat(201))), "title");
            assertFieldProblem(tasks.post(token, Tasks.title("nul \u0000 inside")), "title");
            assertFieldProblem(tasks.post(token, "{\"title\":\"t\",\"recurrence\":\"hourly\"}"), "recurrence");
            assertFieldProblem(tasks.post(token, "{\"title\":\"t\",\"due_at\":\"tomorrow\"}"), "due_at");
            assertProblem(tasks.post(token, "{\"title\":"), 400);
            assertProblem(tasks.post(token, "[]"), 400);

            tasks.create(token, "good");
            socket.ledger().awaitTitle("good");
            socket.ledger().assertTitles(List.of("good"));
        }
    }

    @Test
    void wrongContentTypeMethodPathAndIdAreProblemsToo() {
        assertProblem(
                Http.send(HttpRequest.newBuilder(stack.backend().resolve("/api/tasks"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("title"))
                        .build()),
                415);
        assertProblem(Http.call("PUT", stack.backend().resolve("/api/tasks"), token, "{}"), 405);
        assertProblem(Http.get(stack.backend().resolve("/api/nothing"), token), 404);
        assertProblem(tasks.get(token, "no-uuid"), 400, 404);
        assertProblem(tasks.get(token, UUID.randomUUID().toString()), 404);
    }

    @Test
    void aHugeBodyIsRefused() {
        Http.Answer answer = tasks.post(token, Tasks.title("x".repeat(3_000_000)));
        assertProblem(answer, 400, 413);
    }

    @Test
    void withoutAGoodTokenNothingIsDone() {
        assertProblem(Http.get(stack.backend().resolve("/api/tasks")), 401);
        assertProblem(tasks.list("nonsense"), 401);
        assertProblem(tasks.post("nonsense", Tasks.title("intruder")), 401);
    }

    @Test
    void anotherUsersTaskDoesNotExist() {
        String id = tasks.create(token, "mine");
        String other = stack.tokens().of(Users.named("other"));
        assertProblem(tasks.get(other, id), 404);
        assertProblem(tasks.patch(other, id, Tasks.title("stolen")), 404);
        assertProblem(tasks.complete(other, id), 404);
        assertProblem(tasks.delete(other, id), 404);
        assertThat(tasks.get(token, id).json().path("title").asString()).isEqualTo("mine");
    }

    @Test
    void aRequestSentTwiceWithOneIdempotencyKeyCreatesOneTaskAndOneEvent() {
        try (SocketClient socket = stack.replica(1).connect(token)) {
            HttpRequest request = HttpRequest.newBuilder(stack.backend().resolve("/api/tasks"))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .POST(BodyPublishers.ofString(Tasks.title("once")))
                    .build();
            Http.Answer first = Http.send(request);
            Http.Answer second = Http.send(request);
            assertThat(second.json().path("task_id")).isEqualTo(first.json().path("task_id"));
            tasks.create(token, "fence");
            socket.ledger().awaitTitle("fence");
            socket.ledger().assertTitles(List.of("once", "fence"));
        }
    }

    private static void assertFieldProblem(Http.Answer answer, String field) {
        assertProblem(answer, 400, 422);
        assertThat(answer.json().path("errors").valueStream())
                .extracting(error -> error.path("field").asString())
                .contains(field);
        assertThat(answer.json().path("errors").path(0).path("message").asString())
                .isNotEmpty();
    }

    private static void assertProblem(Http.Answer answer, Integer... statuses) {
        assertThat(answer.status()).as(answer.body()).isIn((Object[]) statuses);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
        assertThat(problem.path("title").asString()).isNotEmpty();
        assertThat(problem.path("detail").asString("")).doesNotContain("Exception");
    }
}
