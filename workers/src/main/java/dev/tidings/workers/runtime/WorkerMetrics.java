package dev.tidings.workers.runtime;

import dev.tidings.sidecar.ReceivedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The metrics of a worker's events. */
final class WorkerMetrics {
    private final MeterRegistry registry;
    private final InstantSource clock;

    /** By the types that are handled, which are few. */
    private final Map<String, Timer> handling = new ConcurrentHashMap<>();

    private final Map<String, Timer> latency = new ConcurrentHashMap<>();

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
    void processed(ReceivedEvent event, Duration duration) {
        count(event.type(), "processed");
        handling.computeIfAbsent(
                        event.type(), type -> timer("tidings.worker.handling", "Duration of handling an event", type))
                .record(duration);
        Duration since = Duration.between(event.timeOrArrival(), clock.instant());
        latency.computeIfAbsent(
                        event.type(),
                        type -> timer(
                                "tidings.worker.latency",
                                "Time from the emission of an event to the commit of its effect",
                                type))
                .record(since.isNegative() ? Duration.ZERO : since);
    }

    private Timer timer(String name, String description, String type) {
        return Timer.builder(name)
                .description(description)
                .tag("type", type)
                .publishPercentileHistogram()
                .register(registry);
    }
}
