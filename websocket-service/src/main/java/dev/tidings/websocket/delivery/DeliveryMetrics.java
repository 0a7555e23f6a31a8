package dev.tidings.websocket.delivery;

import dev.tidings.sidecar.tracing.EventSpans;
import dev.tidings.websocket.delivery.FeedSink.Cause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Metrics of delivery (R-WS-9). Thread-safe. */
public final class DeliveryMetrics {
    /** Maximum number of event types with a time series of their own, because publishers choose the types. */
    private static final int MAX_EVENT_TYPES = 100;

    private final MeterRegistry registry;
    private final EventSpans spans;
    private final LongAdder queued = new LongAdder();
    private final Counter sent;
    private final Counter received;
    private final Counter resumes;
    private final Counter acknowledged;
    private final Counter screenReceived;
    private final Counter screenApplied;
    private final Timer screenLatency;
    private final Timer screenDelay;
    private final Counter slowConsumers;
    private final Counter reads;
    private final Counter sharedReads;
    private final Counter healedByPush;
    private final Counter healedBySweep;
    private final Timer duration;
    private final Map<String, Timer> latencies = new ConcurrentHashMap<>();

    public DeliveryMetrics(MeterRegistry registry) {
        this(registry, EventSpans.OFF);
    }

    DeliveryMetrics(MeterRegistry registry, EventSpans spans) {
        this.registry = registry;
        this.spans = spans;
        this.sent = registry.counter("tidings.websocket.messages.sent");
        this.received = registry.counter("tidings.websocket.messages.received");
        this.resumes = registry.counter("tidings.websocket.resumes");
        this.acknowledged = registry.counter("tidings.websocket.acknowledged");
        this.screenReceived = registry.counter("tidings.websocket.screen.received");
        this.screenApplied = registry.counter("tidings.websocket.screen.applied");
        this.screenLatency = latencyTimer("tidings.websocket.screen.latency").register(registry);
        this.screenDelay = latencyTimer("tidings.websocket.screen.delay")
                .description("Time from the commit of an event at its publisher to the end of its write to a socket")
                // The service level (R-OP-4) needs a bucket that ends there.
                .serviceLevelObjectives(Duration.ofSeconds(1))
                .register(registry);
        this.slowConsumers = registry.counter("tidings.websocket.slow.consumers");
        this.reads = registry.counter("tidings.websocket.catchup.reads");
        this.sharedReads = registry.counter("tidings.websocket.catchup.reads.shared");
        this.healedByPush = registry.counter("tidings.websocket.gaps.healed", "found_by", "push");
        this.healedBySweep = registry.counter("tidings.websocket.gaps.healed", "found_by", "sweep");
        this.duration = registry.timer("tidings.websocket.connection.duration");
        registry.gauge("tidings.websocket.queue.depth", queued, LongAdder::sum);
    }

    /** Exposes the numbers of connections and users of the hub. */
    void observe(ConnectionHub hub) {
        registry.gauge("tidings.websocket.connections", hub, ConnectionHub::connectionCount);
        registry.gauge("tidings.websocket.users", hub, ConnectionHub::userCount);
    }

    /** Exposes how many sockets have not logged in. */
    public void observePending(IntSupplier waiting) {
        registry.gauge("tidings.websocket.logins.pending", waiting, IntSupplier::getAsInt);
    }

    /** Returns the spans of a new connection; null while tracing is off. */
    @Nullable
    DeliverySpans newSpans(InstantSource clock) {
        return spans.isOn() ? new DeliverySpans(spans, clock) : null;
    }

    void queued(int messages) {
        queued.add(messages);
    }

    void sent() {
        sent.increment();
    }

    public void received() {
        received.increment();
    }

    public void acknowledged() {
        acknowledged.increment();
    }

    /** Records what a client reported about its screen with an acknowledgement. */
    public void screen(int received, int applied) {
        screenReceived.increment(received);
        screenApplied.increment(applied);
    }

    /** Records the time from the commit in the log to the screen, as measured by the client. */
    public void screenLatency(Duration latency) {
        screenLatency.record(latency);
    }

    /** @param kind a constant, never text from a client */
    public void error(String kind) {
        registry.counter("tidings.websocket.errors", "kind", kind).increment();
    }

    void resumed() {
        resumes.increment();
    }

    void closed(Duration age, String cause) {
        duration.record(age);
        registry.counter("tidings.websocket.closes", "cause", cause).increment();
    }

    /** Records the time from the commit in the log to the end of the write, for events logged while the client was connected. */
    void delivered(String eventType, Duration latency) {
        String known = latencies.containsKey(eventType) || latencies.size() < MAX_EVENT_TYPES ? eventType : "other";
        latencies
                .computeIfAbsent(
                        known,
                        type -> latencyTimer("tidings.websocket.delivery.latency")
                                .tag("event_type", type)
                                .register(registry))
                .record(latency.isNegative() ? Duration.ZERO : latency);
    }

    /** Records the time from the commit at the publisher to the end of the write, for the same events. */
    void onScreen(Duration delay) {
        screenDelay.record(delay.isNegative() ? Duration.ZERO : delay);
    }

    void fellBehind(Cause cause) {
        switch (cause) {
            case SLOW -> slowConsumers.increment();
            case SWEEP -> healedBySweep.increment();
            case HOLE -> healedByPush.increment();
        }
    }

    void pageRead(int readers) {
        reads.increment();
        sharedReads.increment(readers - 1.0);
    }

    private static Timer.Builder latencyTimer(String name) {
        return Timer.builder(name)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10));
    }
}
