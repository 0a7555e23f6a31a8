package dev.tidings.workers.runtime;

import dev.tidings.sidecar.Subscription;
import dev.tidings.sidecar.Subscriptions;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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
                        .map(topic -> Subscription.single(topic, "dead-letter-queue"))
                        .toList(),
                dispatcher);
    }

    record Payload(String paymentId, int amount, @Nullable String note) {}

    @Component
    @ForWorker("scripted-worker")
    static class Handler implements EventHandler<Payload> {
        final Queue<Supplier<HandlerResult>> script = new ConcurrentLinkedQueue<>();
        final AtomicInteger calls = new AtomicInteger();
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
        public HandlerResult handle(Delivery<Payload> delivery) {
            calls.incrementAndGet();
            jdbc.sql("INSERT INTO effects (event_id) VALUES (?)")
                    .param(delivery.event().id())
                    .update();
            Supplier<HandlerResult> next = script.poll();
            return next == null ? HandlerResult.DONE : next.get();
        }
    }
}
