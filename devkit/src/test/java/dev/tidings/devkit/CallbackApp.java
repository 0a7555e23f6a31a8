package dev.tidings.devkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The app beside a sidecar: says what it subscribes to and keeps what arrives, answering RETRY as often as it is told. */
final class CallbackApp implements AutoCloseable {

    record Delivery(String body, String apiToken) {}

    private final HttpServer server;
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final AtomicInteger retriesLeft = new AtomicInteger();

    private CallbackApp(HttpServer server) {
        this.server = server;
    }

    static CallbackApp subscribedTo(String... topics) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            CallbackApp app = new CallbackApp(server);
            String subscriptions =
                    List.of(topics).stream().map("""
                            {"pubsubname":"pubsub","topic":"%s","route":"/events"}"""::formatted).collect(Collectors.joining(",", "[", "]"));
            server.createContext("/dapr/subscribe", exchange -> answer(exchange, 200, subscriptions));
            server.createContext("/dapr/config", exchange -> answer(exchange, 200, "{}"));
            server.createContext("/events", app::take);
            server.createContext("/hello", exchange -> answer(exchange, 200, "hello"));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return app;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The next delivery, however it was answered. */
    Delivery next() throws InterruptedException {
        Delivery delivery = deliveries.poll(30, TimeUnit.SECONDS);
        if (delivery == null) {
            throw new AssertionError("Nothing was delivered in 30 s");
        }
        return delivery;
    }

    void answerRetry(int times) {
        retriesLeft.set(times);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean retry = retriesLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        deliveries.add(
                new Delivery(body, String.valueOf(exchange.getRequestHeaders().getFirst("dapr-api-token"))));
        answer(exchange, 200, retry ? "{\"status\":\"RETRY\"}" : "{\"status\":\"SUCCESS\"}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
