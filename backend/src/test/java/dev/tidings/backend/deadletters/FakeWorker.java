package dev.tidings.backend.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A worker as its sidecar sees it. It subscribes to a topic if the test says so, and answers what the test wants. */
final class FakeWorker implements AutoCloseable {
    static final String SUCCESS = "{\"status\":\"SUCCESS\"}";

    private final HttpServer server;
    private final Queue<PlannedAnswer> answers = new ConcurrentLinkedQueue<>();
    private volatile String usually = SUCCESS;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    /** @param part text of the event that is answered so; other events may be delivered again at any time */
    private record PlannedAnswer(String part, Supplier<String> answer) {}

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

    /** Plans the answer to the next delivery of an event that contains the text. */
    void answerNext(String part, String answer) {
        answerNext(part, () -> answer);
    }

    /** Does something before it answers. */
    void answerNext(String part, Supplier<String> answer) {
        answers.add(new PlannedAnswer(part, answer));
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
        answer(
                exchange,
                planned(body).map(PlannedAnswer::answer).map(Supplier::get).orElse(usually));
    }

    private Optional<PlannedAnswer> planned(String body) {
        Optional<PlannedAnswer> first = answers.stream()
                .filter(planned -> body.contains(planned.part()))
                .findFirst();
        first.ifPresent(answers::remove);
        return first;
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
