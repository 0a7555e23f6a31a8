package dev.tidings.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.edge.contract.HttpEdgeContract;
import dev.tidings.edge.contract.RawHttp;
import dev.tidings.edge.contract.RawHttp.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** R-RL-1, R-RL-5 on a worker's port. */
class HttpEdgeIT implements HttpEdgeContract {
    private static RunningWorker worker;

    @BeforeAll
    static void start() {
        worker = RunningWorker.start("audit-log-service", WorkersDatabase.migrated());
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @Override
    public int edgePort() {
        return worker.port();
    }

    @Test
    void aCallbackThatIsNotFromTheSidecarIsRefusedByAProblem() throws IOException {
        Answer answer = RawHttp.exchange(
                worker.port(),
                "POST /events/task-updates HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("errors").isArray()).isTrue();
    }
}
