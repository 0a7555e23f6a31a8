package dev.tidings.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R-RL-2 at a server whose service answers one request when the test says so. */
class OverloadIT {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BlockingQueue<String> served = new LinkedBlockingQueue<>();
    private final Semaphore answers = new Semaphore(0);

    @AfterEach
    void stop() throws Exception {
        answers.release(1_000);
        http.shutdownNow();
        server.stop();
    }

    @Test
    void aUserWithTooManyRequestsIsTold429AndAnotherGoesBeforeTheOnesThatWait() throws Exception {
        start(Map.of("users.requests", "1", "users.queue", "10", "users.max-wait", "30s", "users.share", "4"));
        get("greedy");
        assertThat(nextServed()).isEqualTo("greedy");
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        IntStream.range(0, 3).forEach(n -> waiting.add(get("greedy")));

        awaitWaiting(3);
        HttpResponse<String> fifth = get("greedy").get(10, TimeUnit.SECONDS);
        get("modest");
        awaitWaiting(4);

        assertThat(fifth.statusCode()).isEqualTo(429);
        assertThat(fifth.headers().firstValueAsLong("Retry-After")).hasValue(1);
        answers.release();
        assertThat(nextServed()).isEqualTo("modest");
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void beyondTheQueueARequestIsRefusedAtOnceAndInItAfterTheLongestWait() throws Exception {
        start(Map.of("users.requests", "1", "users.queue", "1", "users.max-wait", "300ms", "users.share", "10"));
        get("first");
        assertThat(nextServed()).isEqualTo("first");
        CompletableFuture<HttpResponse<String>> queued = get("second");

        HttpResponse<String> late = queued.get(10, TimeUnit.SECONDS);

        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.headers().firstValueAsLong("Retry-After")).hasValue(1);
        assertThat(late.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(served).isEmpty();
        answers.release();
        get("third");
        assertThat(nextServed()).isEqualTo("third");
    }

    @Test
    void anUpgradeHasALimitOfItsOwn() throws Exception {
        start(Map.of("users.requests", "1", "users.queue", "0", "users.share", "10"));
        get("first");
        assertThat(nextServed()).isEqualTo("first");

        get("second", "/upgrade");

        assertThat(nextServed()).isEqualTo("second");
        assertThat(get("third").get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    }

    @Test
    void upgradesWaitInAQueueOfTheirOwn() throws Exception {
        start(Map.of("upgrades.requests", "1", "upgrades.queue", "2", "upgrades.max-wait", "30s"));
        get("first", "/upgrade");
        assertThat(nextServed()).isEqualTo("first");
        get("second", "/upgrade");
        get("third", "/upgrade");
        awaitWaiting(2);

        HttpResponse<String> fourth = get("fourth", "/upgrade").get(10, TimeUnit.SECONDS);

        assertThat(fourth.statusCode()).isEqualTo(503);
        answers.release(2);
        assertThat(List.of(nextServed(), nextServed())).containsExactlyInAnyOrder("second", "third");
    }

    @Test
    void beyondTheLimitOfConnectionsTheOldestThatWaitsForItsClientIsClosedAndOnesThatAreServedStay() throws Exception {
        start(Map.of("max-user-connections", "6", "header-timeout", "1s"));
        List<CompletableFuture<HttpResponse<String>>> beingServed = new ArrayList<>();
        try (Socket oldest = idle();
                Socket younger = idle()) {
            for (int n = 0; n < 5; n++) {
                beingServed.add(get("user" + n));
                nextServed();
            }

            assertThat(oldest.getInputStream().read()).isEqualTo(-1);
            younger.setSoTimeout(100);
            assertThatThrownBy(younger.getInputStream()::read).isInstanceOf(SocketTimeoutException.class);
        }
        answers.release(beingServed.size());
        for (CompletableFuture<HttpResponse<String>> one : beingServed) {
            assertThat(one.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void silentConnectionsThatAreYoungStayUntilPlacesAreScarce() throws Exception {
        start(Map.of("max-connections", "16", "header-timeout", "60s"));
        List<Socket> silent = new ArrayList<>();
        try {
            for (int n = 0; n < 7; n++) {
                silent.add(new Socket("127.0.0.1", connector.getLocalPort()));
            }
            CompletableFuture<HttpResponse<String>> request = get("user");
            nextServed();
            answers.release();
            assertThat(request.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            silent.getFirst().setSoTimeout(100);
            assertThatThrownBy(silent.getFirst().getInputStream()::read).isInstanceOf(SocketTimeoutException.class);

            for (int n = 0; n < 5; n++) {
                silent.add(new Socket("127.0.0.1", connector.getLocalPort()));
            }

            silent.getFirst().setSoTimeout(10_000);
            assertThat(silent.getFirst().getInputStream().read()).isEqualTo(-1);
        } finally {
            for (Socket one : silent) {
                one.close();
            }
        }
    }

    /** Returns a connection whose request was answered. */
    private Socket idle() throws IOException {
        Socket socket = new Socket("127.0.0.1", connector.getLocalPort());
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: localhost\r\nUser: idle\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        answers.release();
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) socket.getInputStream().read());
        }
        served.clear();
        return socket;
    }

    private String nextServed() throws InterruptedException {
        return String.valueOf(served.poll(10, TimeUnit.SECONDS));
    }

    private void awaitWaiting(int count) {
        await("%d requests wait".formatted(count)).until(() -> waiting() == count);
    }

    private int waiting() {
        return server.getDescendants(QoSHandler.class).stream()
                .mapToInt(QoSHandler::getSuspendedRequestCount)
                .sum();
    }

    private CompletableFuture<HttpResponse<String>> get(String user) {
        return get(user, "/");
    }

    private CompletableFuture<HttpResponse<String>> get(String user, String path) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d%s".formatted(connector.getLocalPort(), path)))
                .header("User", user)
                .timeout(Duration.ofSeconds(40))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    private void start(Map<String, String> limits) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                served.add(Caller.of(request).id());
                answers.acquire();
                response.write(true, ByteBuffer.allocate(0), callback);
                return true;
            }
        });
        Map<String, String> settings = new HashMap<>(Map.of("upgrade-path", "/upgrade"));
        settings.putAll(limits);
        Edge.guard(
                server,
                EdgeSettings.defaultsExcept(settings),
                head -> Caller.user(String.valueOf(head.header("User"))));
        server.start();
    }
}
