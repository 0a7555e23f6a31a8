package dev.tidings.websocket.delivery;

import dev.tidings.websocket.delivery.FeedSink.Cause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** What delivery counts (R-WS-9). Safe for any thread. */
public final class DeliveryMetrics {
    /** Event types come from anyone who may publish; a time series is kept for this many of them. */
    private static final int MAX_EVENT_TYPES = 100;

    private final MeterRegistry registry;
    private final LongAdder queued = new LongAdder();
    private final Counter sent;
    private final Counter received;
    private final Counter resumes;
    private final Counter acknowledged;
    private final Counter screenReceived;
    private final Counter screenApplied;
    private final Timer screenLatency;
    private final Counter slowConsumers;
    private final Counter reads;
    private final Counter sharedReads;
    private final Counter healedByPush;
    private final Counter healedBySweep;
    private final Timer duration;
    private final Map<String, Timer> latencies = new ConcurrentHashMap<>();

    public DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.sent = registry.counter("tidings.websocket.messages.sent");
        this.received = registry.counter("tidings.websocket.messages.received");
        this.resumes = registry.counter("tidings.websocket.resumes");
        this.acknowledged = registry.counter("tidings.websocket.acknowledged");
        this.screenReceived = registry.counter("tidings.websocket.screen.received");
        this.screenApplied = registry.counter("tidings.websocket.screen.applied");
        this.screenLatency = latencyTimer("tidings.websocket.screen.latency").register(registry);
        this.slowConsumers = registry.counter("tidings.websocket.slow.consumers");
        this.reads = registry.counter("tidings.websocket.catchup.reads");
        this.sharedReads = registry.counter("tidings.websocket.catchup.reads.shared");
        this.healedByPush = registry.counter("tidings.websocket.gaps.healed", "found_by", "push");
        this.healedBySweep = registry.counter("tidings.websocket.gaps.healed", "found_by", "sweep");
        this.duration = registry.timer("tidings.websocket.connection.duration");
        registry.gauge("tidings.websocket.queue.depth", queued, LongAdder::sum);
    }

    /** Shows how many connections and users the hub has. */
    void observe(ConnectionHub hub) {
        registry.gauge("tidings.websocket.connections", hub, ConnectionHub::connectionCount);
        registry.gauge("tidings.websocket.users", hub, ConnectionHub::userCount);
    }

    /** Shows how many sockets wait for their login. */
    public void observePending(IntSupplier waiting) {
        registry.gauge("tidings.websocket.logins.pending", waiting, IntSupplier::getAsInt);
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

    /** What a client told with an acknowledgement: how its screen fares, which this end of the socket cannot see. */
    public void screen(int received, int applied) {
        screenReceived.increment(received);
        screenApplied.increment(applied);
    }

    /** From the commit in the log to the client's screen, as the client measured it. */
    public void screenLatency(Duration latency) {
        screenLatency.record(latency);
    }

    /** @param kind a fixed word, never text from outside */
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

    /** From the commit in the log to the end of the write, for every event that came while its user was connected. */
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
