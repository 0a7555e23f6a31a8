package dev.tidings.messaging.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidings.sidecar.RecordKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An app that subscribes to one topic through its sidecar and remembers what comes, in the order in which it comes. */
final class Subscriber implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final List<Delivery> deliveries = Collections.synchronizedList(new ArrayList<>());

    /**
     * One callback.
     *
     * @param key of the Kafka record
     * @param appToken the header by which the app knows its sidecar
     */
    public record Delivery(
            JsonNode event, @Nullable String key, @Nullable String appToken) {
        public String id() {
            return event.path("id").stringValue();
        }
    }

    public Subscriber(String pubsub, String topic) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        String subscription = """
                [{"pubsubname": "%s", "topic": "%s", "routes": {"default": "/events"}}]
                """.formatted(pubsub, topic);
        server.createContext("/dapr/subscribe", exchange -> answer(exchange, subscription));
        server.createContext("/events", exchange -> {
            deliveries.add(new Delivery(
                    JSON.readTree(exchange.getRequestBody().readAllBytes()),
                    RecordKey.text(exchange.getRequestHeaders().getFirst(RecordKey.HEADER)),
                    exchange.getRequestHeaders().getFirst("dapr-api-token")));
            answer(exchange, "{\"status\": \"SUCCESS\"}");
        });
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public List<Delivery> deliveries() {
        synchronized (deliveries) {
            return List.copyOf(deliveries);
        }
    }

    public int count() {
        return deliveries.size();
    }

    /** The ids that came for a key, repeats dropped. */
    public List<String> firstArrivals(String key) {
        return deliveries().stream()
                .filter(delivery -> key.equals(delivery.key()))
                .map(Delivery::id)
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
