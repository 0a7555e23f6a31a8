package dev.tidings.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.edge.contract.RawHttp;
import dev.tidings.edge.contract.RawHttp.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.Condition;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R-RL-1, R-RL-2: the edge with small limits, on a Jetty server of its own. */
class EdgeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ANONYMOUS_CONNECTIONS = 20;

    private static final Condition<RawHttp> ENDED = new Condition<>(
            connection -> {
                try {
                    return connection.isEnded();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            },
            "ended");

    /** Requests to /slow wait for it. */
    private final CountDownLatch release = new CountDownLatch(1);

    private final Server server = new Server(new VirtualThreadPool());
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final List<RawHttp> open = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Echo());
        Edge.guard(
                server,
                EdgeSettings.defaultsExcept(Map.ofEntries(
                        Map.entry("max-anonymous-connections", "" + ANONYMOUS_CONNECTIONS),
                        Map.entry("header-timeout", "1s"),
                        Map.entry("idle-timeout", "3s"),
                        Map.entry("body-grace", "1s"),
                        Map.entry("max-body", "64KB"),
                        Map.entry("max-anonymous-bodies", "100KB"),
                        Map.entry("trusted-secret", "secret"),
                        Map.entry("anonymous.requests", "4"),
                        Map.entry("anonymous.queue", "4"),
                        Map.entry("anonymous.max-wait", "500ms"))),
                head -> head.header("Authorization") == null ? Caller.ANONYMOUS : Caller.user("ada"));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        release.countDown();
        for (RawHttp connection : open) {
            connection.close();
        }
        server.stop();
    }

    private final class Echo extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (request.getHttpURI().getPath().equals("/slow")) {
                release.await();
            }
            int size = Content.Source.asInputStream(request).readAllBytes().length;
            String text = size + " bytes of " + Caller.of(request).kind();
            response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
            return true;
        }
    }

    private RawHttp connect() throws IOException {
        RawHttp connection = new RawHttp(connector.getLocalPort());
        open.add(connection);
        return connection;
    }

    private Answer exchange(String head, String body) throws IOException {
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        return connect()
                .send(head + "\r\nHost: localhost\r\nConnection: close\r\n" + length + "\r\n" + body)
                .answer(PATIENCE);
    }

    /** Sends the text again and again until the server ends the connection. */
    private static Answer drip(RawHttp connection, String text) throws IOException, InterruptedException {
        Thread dripping = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    connection.send(text);
                    Thread.sleep(50);
                }
            } catch (IOException | InterruptedException ended) {
                // The server has closed the connection, or the test is over.
            }
        });
        try {
            return connection.answer(PATIENCE);
        } finally {
            dripping.interrupt();
            dripping.join();
        }
    }

    @Test
    void aHeaderThatDripsIsEnded() throws Exception {
        RawHttp connection = connect().send("GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
        Answer answer = drip(connection, "x");
        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.json().path("detail").asString()).isEqualTo("the header took too long to arrive");
    }

    @Test
    void emptyLinesThatDripBeforeARequestAreEnded() throws Exception {
        RawHttp connection = connect();
        assertThat(drip(connection, "\r\n").status()).isEqualTo(408);
    }

    @Test
    void theHeaderOfASecondRequestHasTheDeadlineToo() throws Exception {
        RawHttp connection = connect().send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\n");
        assertThat(connection.readToEnd(PATIENCE)).startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 408 ");
    }

    @Test
    void aConnectionWithoutARequestIsClosed() throws Exception {
        assertThat(connect().readToEnd(PATIENCE)).isEmpty();
        RawHttp kept = connect().send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(kept.readToEnd(PATIENCE)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aBodyThatDripsOrStallsIsEnded() throws Exception {
        String head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n";
        assertThat(drip(connect().send(head), "x").status()).isEqualTo(408);
        assertThat(connect().send(head + "x").answer(PATIENCE).status()).isEqualTo(408);
        assertThat(drip(
                                connect()
                                        .send(
                                                "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"),
                                "1\r\nx\r\n")
                        .status())
                .isEqualTo(408);
    }

    @Test
    void aBodyIsBoundedAndTheClientThatStillWritesGetsTheAnswer() throws Exception {
        assertThat(exchange("POST / HTTP/1.1", "x".repeat(64 * 1024)).body()).startsWith("65536 bytes");
        assertThat(exchange("POST / HTTP/1.1", "x".repeat(3_000_000)).status()).isEqualTo(413);
        assertThat(exchange("POST / HTTP/1.1\r\ndapr-api-token: secret", "x".repeat(3_000_000))
                        .body())
                .isEqualTo("3000000 bytes of TRUSTED");
        assertThat(exchange("POST / HTTP/1.1\r\nContent-Type: multipart/form-data", "x".repeat(3_000_000))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void bodiesOfAnonymousCallersAreBoundedTogether() throws Exception {
        for (int i = 0; i < 2; i++) {
            connect().send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n" + "x".repeat(50_000));
        }
        await().untilAsserted(() -> {
            Answer anonymous = exchange("POST / HTTP/1.1", "x".repeat(5000));
            assertThat(anonymous.status()).isEqualTo(503);
            assertThat(anonymous.header("Retry-After")).isEqualTo("1");
        });
        assertThat(exchange("POST / HTTP/1.1\r\nAuthorization: x", "x".repeat(5000))
                        .body())
                .isEqualTo("5000 bytes of USER");
    }

    @Test
    void anonymousConnectionsLeaveRoomForUsers() throws Exception {
        for (int i = 0; i < 5 * ANONYMOUS_CONNECTIONS; i++) {
            connect().send("GET / HTTP/1.1\r\n");
        }
        assertThat(exchange("GET / HTTP/1.1\r\nAuthorization: x", "").body()).isEqualTo("0 bytes of USER");
        await().until(() -> connector.getConnectedEndPoints().size() <= ANONYMOUS_CONNECTIONS);
    }

    @Test
    void waitingAnonymousRequestsDoNotDelayUsersOrProbes() throws Exception {
        List<RawHttp> waiting = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            waiting.add(connect().send("GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        }
        // Four are served, four wait in the queue until their time is over, and four are refused at once.
        await().untilAsserted(() -> assertThat(waiting).areExactly(8, ENDED));

        assertThat(exchange("GET / HTTP/1.1\r\nAuthorization: x", "").status()).isEqualTo(200);
        assertThat(exchange("GET /health HTTP/1.1", "").status()).isEqualTo(200);
        Answer anonymous = exchange("GET / HTTP/1.1", "");
        assertThat(anonymous.status()).isEqualTo(503);
        assertThat(anonymous.header("Retry-After")).isEqualTo("1");
        assertThat(anonymous.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void aConnectionIsUsableAfterARefusal() throws Exception {
        String text = connect()
                .send("POST /?x=%zz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello"
                        + "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .readToEnd(PATIENCE);
        assertThat(text).startsWith("HTTP/1.1 400 ").contains("HTTP/1.1 200 ");
    }
}
