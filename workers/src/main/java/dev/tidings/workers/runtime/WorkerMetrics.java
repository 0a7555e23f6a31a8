package dev.tidings.workers.runtime;

import dev.tidings.messaging.inbox.InboxEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;

/** What operators see of a worker's events. */
final class WorkerMetrics {
    private final MeterRegistry registry;
    private final InstantSource clock;

    WorkerMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** @param result processed, duplicate, ignored, transient, permanent or unavailable */
    void count(String type, String result) {
        registry.counter("tidings.worker.events", "type", type, "result", result)
                .increment();
    }

    /** From emission to the commit of the effect. */
    void processed(InboxEvent event, Duration handling) {
        count(event.type(), "processed");
        Timer.builder("tidings.worker.handling")
                .description("Time that the handling of an event takes")
                .tag("type", event.type())
                .publishPercentileHistogram()
                .register(registry)
                .record(handling);
        Duration latency = Duration.between(event.time(), clock.instant());
        Timer.builder("tidings.worker.latency")
                .description("From the emission of an event to its effect")
                .tag("type", event.type())
                .publishPercentileHistogram()
                .register(registry)
                .record(latency.isNegative() ? Duration.ZERO : latency);
    }
}
