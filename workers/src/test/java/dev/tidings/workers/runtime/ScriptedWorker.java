package dev.tidings.workers.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A worker whose outcomes a test writes down beforehand. Its effect is a row in {@code effects}. */
@RestController
@ForWorker("scripted-worker")
class ScriptedWorker {
    private final Intake intake;

    ScriptedWorker(Intake intake) {
        this.intake = intake;
    }

    @PostMapping({"/events/purchase-confirmed", "/events/purchase-created"})
    Answer event(Arrival arrival) {
        return intake.take(arrival);
    }

    record Payload(String paymentId, int amount, @Nullable String note) {}

    @Component
    @ForWorker("scripted-worker")
    static class Handler implements EventHandler<Payload> {
        final Queue<Supplier<Outcome>> script = new ConcurrentLinkedQueue<>();
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
        public Outcome handle(Delivery<Payload> delivery) {
            calls.incrementAndGet();
            jdbc.sql("INSERT INTO effects (event_id) VALUES (?)")
                    .param(delivery.id())
                    .update();
            Supplier<Outcome> next = script.poll();
            return next == null ? Outcome.DONE : next.get();
        }
    }
}
