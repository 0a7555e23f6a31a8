package dev.tidings.backend.deadletters;

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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A worker as its sidecar sees it: subscribes to a topic if it is told to, and answers what the test wants. */
final class FakeWorker implements AutoCloseable {
    static final String SUCCESS = "{\"status\":\"SUCCESS\"}";

    private final HttpServer server;
    private final Queue<Supplier<String>> answers = new ConcurrentLinkedQueue<>();
    private volatile String usually = SUCCESS;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    record Delivery(
            String path,
            String body,
            @Nullable String key,
            @Nullable String token) {}

    FakeWorker(@Nullable String topic) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        String subscriptions = topic == null ? "[]" : """
                [{"pubsubname":"pubsub","topic":"%1$s","route":"/events/%1$s","deadLetterTopic":"dead-letter-queue"}]""".formatted(topic);
        server.createContext("/dapr/subscribe", exchange -> answer(exchange, subscriptions));
        server.createContext("/events", this::take);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Where nothing else was said. */
    void answerUsually(String answer) {
        usually = answer;
    }

    void answerNext(String answer) {
        answerNext(() -> answer);
    }

    /** Does something before it answers. */
    void answerNext(Supplier<String> answer) {
        answers.add(answer);
    }

    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        deliveries.add(new Delivery(
                exchange.getRequestURI().getPath(),
                body,
                exchange.getRequestHeaders().getFirst("__key"),
                exchange.getRequestHeaders().getFirst("dapr-api-token")));
        Supplier<String> next = answers.poll();
        answer(exchange, next == null ? usually : next.get());
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = json.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
