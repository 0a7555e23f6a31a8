package dev.tidings.workers.runtime;

import dev.tidings.sidecar.ReceivedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;

/** The metrics of a worker's events. */
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

    /** Records the duration of handling, and the latency from emission to the commit of the effect. */
    void processed(ReceivedEvent event, Duration handling) {
        count(event.type(), "processed");
        Timer.builder("tidings.worker.handling")
                .description("Duration of handling an event")
                .tag("type", event.type())
                .publishPercentileHistogram()
                .register(registry)
                .record(handling);
        Duration latency = Duration.between(event.timeOrArrival(), clock.instant());
        Timer.builder("tidings.worker.latency")
                .description("Time from the emission of an event to the commit of its effect")
                .tag("type", event.type())
                .publishPercentileHistogram()
                .register(registry)
                .record(latency.isNegative() ? Duration.ZERO : latency);
    }
}
