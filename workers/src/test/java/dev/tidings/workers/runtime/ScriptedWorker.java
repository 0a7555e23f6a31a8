package dev.tidings.workers.runtime;

import dev.tidings.sidecar.Subscription;
import dev.tidings.sidecar.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A worker whose results a test writes down beforehand. Its effect is a row in {@code effects}. */
@Configuration(proxyBeanMethods = false)
@ForWorker("scripted-worker")
class ScriptedWorker {
    @Bean
    Subscriptions scriptedSubscriptions(Dispatcher dispatcher) {
        return new Subscriptions(
                Stream.of("purchase-confirmed", "purchase-created")
                        .map(topic -> new Subscription(topic, 10, Duration.ofMillis(5), "dead-letter-queue"))
                        .toList(),
                dispatcher);
    }

    record Payload(String paymentId, int amount, @Nullable String note) {}

    @Component
    @ForWorker("scripted-worker")
    static class Handler implements EventHandler<Payload> {
        final Queue<Supplier<HandlerResult>> script = new ConcurrentLinkedQueue<>();
        /** The result of a batch that has an event with this note. */
        final Map<String, HandlerResult> byNote = new ConcurrentHashMap<>();

        /** The size of the batch of each call. */
        final Queue<Integer> calls = new ConcurrentLinkedQueue<>();

        private final JdbcClient jdbc;

        Handler(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public boolean takes(String type) {
            return type.equals("PURCHASE_CONFIRMED");
        }

        @Override
        public Class<Payload> payload() {
            return Payload.class;
        }

        @Override
        public HandlerResult handle(List<Delivery<Payload>> deliveries) {
            calls.add(deliveries.size());
            for (Delivery<Payload> delivery : deliveries) {
                jdbc.sql("INSERT INTO effects (event_id) VALUES (?)")
                        .param(delivery.event().id())
                        .update();
            }
            Supplier<HandlerResult> next = script.poll();
            if (next != null) {
                return next.get();
            }
            return deliveries.stream()
                    .map(delivery ->
                            byNote.get(String.valueOf(delivery.payload().note())))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(HandlerResult.DONE);
        }
    }

    /** A handler of another type, which always succeeds. */
    @Component
    @ForWorker("scripted-worker")
    static class OtherHandler implements EventHandler<Payload> {
        static final String TYPE = "PURCHASE_CANCELLED";

        @Override
        public boolean takes(String type) {
            return type.equals(TYPE);
        }

        @Override
        public Class<Payload> payload() {
            return Payload.class;
        }

        @Override
        public HandlerResult handle(List<Delivery<Payload>> deliveries) {
            return HandlerResult.DONE;
        }
    }
}
