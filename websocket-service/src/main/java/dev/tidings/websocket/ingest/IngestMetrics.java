package dev.tidings.websocket.ingest;

import dev.tidings.websocket.ingest.RejectedEvent.Reason;
import dev.tidings.websocket.ingest.ValidationResult.Deliverable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** The metrics of ingest. Tags are topics and reasons, whose number is bounded; event types come from publishers. */
@Component
class IngestMetrics {
    private final MeterRegistry registry;
    private final Clock clock;
    private final Timer append;

    IngestMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.append = Timer.builder("tidings.ingest.append")
                .description("Duration of appending one batch to the log")
                .publishPercentileHistogram()
                .register(registry);
        // Counters start at zero, so that alerts see the first increment.
        for (Reason reason : Reason.values()) {
            rejections(reason);
        }
    }

    <T> T timeAppend(Supplier<T> work) {
        return Objects.requireNonNull(append.record(work));
    }

    void notPushed(String topic) {
        registry.counter("tidings.ingest.not.pushed", "topic", topic).increment();
    }

    void rejected(Reason reason) {
        rejections(reason).increment();
    }

    private Counter rejections(Reason reason) {
        return registry.counter("tidings.ingest.rejected", "reason", reason.name());
    }

    void batch(String topic, int size, List<Deliverable> deliverable) {
        registry.summary("tidings.ingest.batch.size", "topic", topic).record(size);
        registry.counter("tidings.ingest.events", "topic", topic).increment(deliverable.size());
        Instant now = clock.instant();
        Timer latency = Timer.builder("tidings.ingest.latency")
                .description("Time from the commit at the publisher (CloudEvent time) to the commit in the log")
                .tag("topic", topic)
                .publishPercentileHistogram()
                .register(registry);
        for (Deliverable event : deliverable) {
            Instant published = event.published();
            if (published != null && !published.isAfter(now)) {
                latency.record(Duration.between(published, now));
            }
        }
    }
}
