package dev.tidings.workers.cache;

import dev.tidings.workers.runtime.ForWorker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Counts invalidations and measures the time from an event to its invalidation. */
@Component
@ForWorker("cache-worker")
class InvalidationMetrics {
    private final MeterRegistry registry;
    private final Clock clock;

    InvalidationMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** @param emitted time of the event */
    void invalidated(String type, Instant emitted) {
        count(type, "succeeded");
        Duration latency = Duration.between(emitted, clock.instant());
        Timer.builder("tidings.cache.invalidation.latency")
                .description("Time from the emission of an event to the invalidation that it causes")
                .tag("type", type)
                .publishPercentileHistogram()
                .register(registry)
                .record(latency.isNegative() ? Duration.ZERO : latency);
    }

    void failed(String type) {
        count(type, "failed");
    }

    /** The sum of both results is the number of attempts. */
    private void count(String type, String result) {
        registry.counter("tidings.cache.invalidations", "type", type, "result", result)
                .increment();
    }
}
