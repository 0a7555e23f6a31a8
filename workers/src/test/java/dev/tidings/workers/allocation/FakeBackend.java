package dev.tidings.workers.allocation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The backend's auto-assign as its sidecar sees it: answers what a test has written down, each after what it does first. */
final class FakeBackend implements AutoCloseable {
    private final HttpServer server;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    record Answer(int status, String contentType, String body, Runnable before) {}

    record Call(
            String body, @Nullable String caller, @Nullable String token) {}

    FakeBackend(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new IllegalStateException("port %d is taken".formatted(port), e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/admin/allocations/auto-assign", this::assign);
        server.start();
    }

    void allocates(Runnable effect) {
        answers.add(new Answer(200, "application/json", "{}", effect));
    }

    void refuses(int status, String code, Runnable effect) {
        answers.add(new Answer(status, "application/problem+json", "{\"code\":\"%s\"}".formatted(code), effect));
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void assign(HttpExchange exchange) throws IOException {
        try (exchange) {
            calls.add(new Call(
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                    exchange.getRequestHeaders().getFirst("dapr-caller-app-id"),
                    exchange.getRequestHeaders().getFirst("dapr-api-token")));
            Answer answer = answers.poll();
            if (answer == null) {
                answer = new Answer(200, "application/json", "{}", () -> {});
            }
            answer.before().run();
            byte[] bytes = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
