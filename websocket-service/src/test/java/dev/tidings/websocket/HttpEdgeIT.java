package dev.tidings.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.edge.contract.HttpEdgeContract;
import dev.tidings.edge.contract.RawHttp;
import dev.tidings.edge.contract.RawHttp.Answer;
import dev.tidings.tokens.Role;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R-RL-1, R-RL-5 on the WebSocket service's port. */
class HttpEdgeIT extends ServiceUnderTest implements HttpEdgeContract {
    @Override
    public int edgePort() {
        return port;
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/events/recent?since=abc, 400, since",
        "/api/v1/events/recent?cursor=zz, 400, cursor",
        "/api/v1/events/recent?cursor=%zz, 400, cursor",
        "/api/v1/admin/deliveries/event, 400, id",
        "/api/v1/admin/deliveries/event?id=%00, 400, id",
        "/api/v1/admin/rejected-events?limit=x, 400, limit",
        "/nowhere, 404, ''"
    })
    void aMistakeOfAUserIsNamed(String path, int status, String field) throws IOException {
        Answer answer = RawHttp.exchange(
                port,
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                        + token("ada", Role.OPERATOR) + "\r\n\r\n");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().at("/errors/0/field").asString("")).isEqualTo(field);
    }

    /** A token may have 8 KiB; whether it is good is judged after it has arrived, wherever it stands. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            GET /api/v1/events/recent HTTP/1.1|Authorization: Bearer TOKEN ~ 401
            GET /ws HTTP/1.1|Authorization: Bearer TOKEN|UPGRADE ~ 101
            GET /ws HTTP/1.1|Sec-WebSocket-Protocol: tidings.v1, bearer.TOKEN|UPGRADE ~ 101
            GET /ws?token=TOKEN HTTP/1.1|UPGRADE ~ 101
            """)
    void aLongTokenArrives(String request, int status) throws IOException {
        String text = request.replace("TOKEN", "x".repeat(7900))
                .replace(
                        "UPGRADE",
                        "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Version: 13|"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                .replace("|", "\r\n");
        Answer answer = RawHttp.exchange(port, text + "\r\nHost: localhost\r\n\r\n");
        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"GET /ws, 426", "POST /events/task-updates, 401"})
    void refusalsBeforeAnyControllerAreProblemsToo(String request, int status) throws IOException {
        Answer answer = RawHttp.exchange(
                port, request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("errors").isArray()).isTrue();
    }
}
