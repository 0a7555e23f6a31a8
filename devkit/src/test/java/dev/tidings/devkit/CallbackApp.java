package dev.tidings.devkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The app beside a sidecar. It declares its subscriptions, keeps what arrives, and answers RETRY as often as the test says. */
final class CallbackApp implements AutoCloseable {

    record Delivery(String body, String apiToken) {}

    private final HttpServer server;
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final AtomicInteger retriesLeft = new AtomicInteger();
    private final AtomicInteger hangUpsLeft = new AtomicInteger();

    private CallbackApp(HttpServer server) {
        this.server = server;
    }

    static CallbackApp subscribedTo(String... topics) {
        return start(Arrays.stream(topics).map(topic -> subscription(topic, "")));
    }

    /** As a worker: what it does not accept in the end becomes a dead letter. */
    static CallbackApp workingOn(String topic) {
        return start(Stream.of(subscription(topic, ",\"deadLetterTopic\":\"dead-letter-queue\"")));
    }

    private static CallbackApp start(Stream<String> subscriptions) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            CallbackApp app = new CallbackApp(server);
            String list = subscriptions.collect(Collectors.joining(",", "[", "]"));
            server.createContext("/dapr/subscribe", exchange -> app.list(exchange, list));
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

    private static String subscription(String topic, String more) {
        return "{\"pubsubname\":\"pubsub\",\"topic\":\"%s\",\"route\":\"/events\"%s}".formatted(topic, more);
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

    /** The connection breaks off when the sidecar asks for the subscriptions, so many times. */
    void hangUpOnSubscribe(int times) {
        hangUpsLeft.set(times);
    }

    void answerRetry(int times) {
        retriesLeft.set(times);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void list(HttpExchange exchange, String subscriptions) throws IOException {
        if (hangUpsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            exchange.close();
        } else {
            answer(exchange, 200, subscriptions);
        }
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
