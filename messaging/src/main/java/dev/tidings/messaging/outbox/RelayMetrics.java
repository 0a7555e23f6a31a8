package dev.tidings.messaging.outbox;

import dev.tidings.sidecar.EventPublisher.PublishResult;
import dev.tidings.sidecar.OutgoingEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The metrics of a relay. */
final class RelayMetrics {
    private final MeterRegistry registry;
    private final InstantSource wallClock;
    private final AtomicInteger slots;
    private final AtomicInteger blockedKeys;
    private final Timer delay;

    /** By the types that this service publishes, which are few. */
    private final Map<String, Counter> published = new ConcurrentHashMap<>();

    RelayMetrics(MeterRegistry registry, InstantSource wallClock) {
        this.registry = registry;
        this.wallClock = wallClock;
        this.slots = registry.gauge("tidings.outbox.slots", new AtomicInteger());
        this.blockedKeys = registry.gauge("tidings.outbox.keys.blocked", new AtomicInteger());
        this.delay = Timer.builder("tidings.outbox.delay")
                .description("Time from the insert of an event to the outbox until the broker has it")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry);
    }

    void slots(int held) {
        slots.set(held);
    }

    void blockedKeys(int keys) {
        blockedKeys.set(keys);
    }

    void called(Bulk bulk, PublishResult outcome, Duration took) {
        String result = switch (outcome) {
            case PublishResult.Published published -> "published";
            case PublishResult.PartlyRefused refused -> "partly_refused";
            case PublishResult.PublishFailed failed -> "failed";
            case PublishResult.SidecarUnreachable unreachable -> "unreachable";
        };
        registry.timer("tidings.outbox.publish", "topic", bulk.topic(), "outcome", result)
                .record(took);
    }

    private Counter counter(String type) {
        return Counter.builder("tidings.outbox.published")
                .description("Events that the broker has confirmed")
                .tag("type", type)
                .register(registry);
    }

    void published(List<OutgoingEvent> events) {
        Instant now = wallClock.instant();
        events.forEach(event -> {
            Duration age = Duration.between(event.time(), now);
            delay.record(age.isNegative() ? Duration.ZERO : age);
            published.computeIfAbsent(event.type(), this::counter).increment();
        });
    }
}
