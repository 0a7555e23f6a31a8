package dev.tidings.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.edge.contract.HttpEdgeContract;
import dev.tidings.edge.contract.RawHttp;
import dev.tidings.tokens.Role;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;

/** R-RL-1, R-RL-5 on the backend's port. */
class HttpEdgeIT implements HttpEdgeContract {
    private static RunningBackend backend;

    @BeforeAll
    static void start() {
        backend = RunningBackend.withoutSidecar();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Override
    public int edgePort() {
        return backend.uri("/").getPort();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/admin/orders?buyerId=%00",
                "/api/v1/admin/audit?who=%00",
                "/api/tasks?limit=%zz",
                "/api/tasks?cursor=%ff"
            })
    void aParameterThatNoTextCanHaveIsNamed(String path) throws IOException {
        RawAnswer answer = get(path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo(path.substring(path.indexOf('?') + 1, path.indexOf('=')));
    }

    @Test
    void wellFormedMistakesNameTheirFields() {
        Reply tooMany = backend.send(Role.ADMIN, "ada", "GET", "/api/tasks?limit=many", null);
        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.blamed()).containsExactly("limit");
    }

    @Test
    void malformedJsonIsToldByPositionAndNotInTheWordsOfAParser() {
        Reply reply = backend.send("ada", "POST", "/api/tasks", "{\"title\": \u0001}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("detail").stringValue())
                .isEqualTo("the body is not well-formed JSON: line 1, column 11");
    }

    @Test
    void aBrowserAtAMistypedAddressGetsAPageThatSaysSo() throws IOException {
        String head = "GET /learnigns HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: ";
        RawHttp.Answer page = RawHttp.exchange(edgePort(), head + "text/html,*/*;q=0.8\r\n\r\n");
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy")).contains("script-src 'self'");
        assertThat(page.body()).contains("tidings-app");

        RawHttp.Answer program = RawHttp.exchange(edgePort(), head + "application/json\r\n\r\n");
        assertThat(program.status()).isEqualTo(401);
        assertThat(program.header("Content-Type")).isEqualTo("application/problem+json");
    }

    /** R-RL-5: the service cannot help it, and another try may work. */
    @Test
    void aDatabaseThatGoesAwayInTheMiddleOfATransactionIsAnswered503() throws Exception {
        String id = backend.send("ada", "POST", "/api/tasks", "{\"title\": \"t\"}")
                .json()
                .path("task_id")
                .stringValue();
        TransactionTemplate blocker = backend.transaction();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> reply = blocker.execute(status -> {
                backend.jdbc()
                        .sql("SELECT 1 FROM task WHERE task_id = :id::uuid FOR UPDATE")
                        .param("id", id)
                        .query(Integer.class)
                        .single();
                Future<Reply> waiting =
                        executor.submit(() -> backend.send("ada", "PATCH", "/api/tasks/" + id, "{\"title\": \"u\"}"));
                await().until(HttpEdgeIT::terminateWhoWaitsForALock);
                return waiting;
            });
            assertThat(reply.get().status()).isEqualTo(503);
            assertThat(reply.get().header("Retry-After")).isEqualTo("1");
            assertThat(reply.get().json().path("detail").stringValue()).contains("database");
        }
    }

    private static boolean terminateWhoWaitsForALock() {
        return backend.jdbc()
                .sql(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND application_name = 'backend' AND wait_event_type = 'Lock'")
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private record RawAnswer(int status, String field) {}

    /** By an admin, written as it stands: a library would refuse to send it. */
    private RawAnswer get(String path) throws IOException {
        var answer = RawHttp.exchange(
                edgePort(),
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                        + RunningBackend.token("ada") + "\r\n\r\n");
        return new RawAnswer(
                answer.status(), answer.json().at("/errors/0/field").asString(""));
    }
}
