package dev.tidings.series;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.series.SeriesPage.Step;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records the meters of {@link Measure} in steps, for one hour. Safe for any thread. */
public final class SeriesRecorder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SeriesRecorder.class);

    /** The length of a step. */
    public static final long STEP_MILLIS = 10_000;

    /** The number of steps that are kept: one hour. */
    public static final int KEPT = 360;

    /** Maximum number of values per step, because publishers of other systems choose event types. */
    private static final int MAX_VALUES = 300;

    private final String app;
    private final String instance = UUID.randomUUID().toString();
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("series").daemon().factory());

    @GuardedBy("this")
    private final Deque<CompactStep> steps = new ArrayDeque<>(KEPT);

    @GuardedBy("this")
    private @Nullable Map<String, Double> last;

    /** Keys and values of one step in a third of the memory of a map. */
    private record CompactStep(long slot, String[] keys, float[] values) {}

    SeriesRecorder(String app, MeterRegistry registry, InstantSource clock) {
        this.app = app;
        this.registry = registry;
        this.clock = clock;
    }

    /** Records from now on, at multiples of the step's length, so that the steps of all replicas can be added. */
    void start() {
        record();
        long untilNext = STEP_MILLIS - clock.millis() % STEP_MILLIS;
        timer.scheduleAtFixedRate(
                () -> {
                    try {
                        record();
                    } catch (RuntimeException e) {
                        log.warn("Recording the figures for the console failed; the next attempt is in 10 s", e);
                    }
                },
                untilNext,
                STEP_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Another text at each start. */
    public String instance() {
        return instance;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Ends the current step. The first call only notes where counters stand. */
    synchronized void record() {
        Map<String, Double> totals = totals();
        long slot = Math.round((double) clock.millis() / STEP_MILLIS);
        Map<String, Double> before = last;
        if (before != null) {
            Map<String, Double> step = new HashMap<>();
            totals.forEach((key, total) -> {
                double value = isGauge(key) ? total : Math.max(0, total - before.getOrDefault(key, 0.0));
                if (value != 0 && step.size() < MAX_VALUES) {
                    step.put(key, value);
                }
            });
            if (steps.size() == KEPT) {
                steps.removeFirst();
            }
            steps.addLast(compact(slot, step));
        }
        last = totals;
    }

    /** Returns the present figures and the steps after that slot. */
    public synchronized SeriesPage after(long slot) {
        List<Step> later = steps.stream()
                .filter(step -> step.slot() > slot)
                .map(SeriesRecorder::expand)
                .toList();
        return new SeriesPage(app, instance, clock.millis(), totals(), later);
    }

    private Map<String, Double> totals() {
        Map<String, Double> totals = new HashMap<>();
        for (Measure measure : Measure.values()) {
            for (Meter meter : registry.find(measure.meter()).meters()) {
                add(measure, meter, totals);
            }
        }
        return totals;
    }

    private static void add(Measure measure, Meter meter, Map<String, Double> totals) {
        switch (measure.kind()) {
            case COUNTER -> {
                if (meter instanceof Counter counter
                        && measure.counts(meter.getId().getTag("result"))) {
                    String tag = measure.tag() == null ? null : meter.getId().getTag(measure.tag());
                    totals.merge(tag == null ? measure.key() : measure.key(tag), counter.count(), Double::sum);
                }
            }
            case GAUGE -> {
                if (meter instanceof Gauge gauge && Double.isFinite(gauge.value())) {
                    totals.merge(measure.key(), gauge.value(), Double::sum);
                }
            }
            case TIMER -> {
                if (meter instanceof Timer timer) {
                    double[] counts = Buckets.of(timer);
                    for (int bucket = 0; bucket < counts.length; bucket++) {
                        if (counts[bucket] > 0) {
                            totals.merge(measure.key(Buckets.name(bucket)), counts[bucket], Double::sum);
                        }
                    }
                }
            }
        }
    }

    private static boolean isGauge(String key) {
        for (Measure measure : Measure.values()) {
            if (measure.kind() == Measure.MeterKind.GAUGE && measure.key().equals(key)) {
                return true;
            }
        }
        return false;
    }

    private static CompactStep compact(long slot, Map<String, Double> values) {
        List<String> keys = new ArrayList<>(values.keySet());
        float[] numbers = new float[keys.size()];
        for (int n = 0; n < numbers.length; n++) {
            numbers[n] = values.getOrDefault(keys.get(n), 0.0).floatValue();
        }
        return new CompactStep(slot, keys.stream().map(String::intern).toArray(String[]::new), numbers);
    }

    private static Step expand(CompactStep step) {
        Map<String, Double> values = new HashMap<>();
        for (int n = 0; n < step.keys().length; n++) {
            values.put(step.keys()[n], (double) step.values()[n]);
        }
        return new Step(step.slot(), values);
    }
}
