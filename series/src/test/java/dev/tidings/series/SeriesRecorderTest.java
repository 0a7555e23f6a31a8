package dev.tidings.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidings.series.SeriesPage.Step;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R-OP-1: each service keeps its figures of the last hour, and no more. */
class SeriesRecorderTest {
    private final MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private Instant now = Instant.ofEpochMilli(10_000_000);
    private final SeriesRecorder recorder = new SeriesRecorder("backend", registry, () -> now);

    @AfterEach
    void close() {
        recorder.close();
    }

    @Test
    void aStepHoldsWhatCountersGrewByAndGaugesAsTheyAre() {
        AtomicInteger backlog = registry.gauge("tidings.outbox.backlog", new AtomicInteger(7));
        registry.counter("tidings.outbox.published", "type", "task.created").increment(40);
        recorder.record();

        registry.counter("tidings.outbox.published", "type", "task.created").increment(2);
        registry.counter("tidings.outbox.published", "type", "task.updated").increment(3);
        step();
        assertThat(backlog).isNotNull();
        backlog.set(0);
        step();

        assertThat(recorder.after(0).steps())
                .extracting(Step::values)
                .containsExactly(
                        Map.of("waiting", 7.0, "published/task.created", 2.0, "published/task.updated", 3.0), Map.of());
        assertThat(recorder.after(0).totals()).containsEntry("published/task.created", 42.0);
    }

    @Test
    void retriesOfAnEventAreNotCountedAsTaken() {
        recorder.record();
        registry.counter("tidings.worker.events", "type", "task.created", "result", "processed")
                .increment(5);
        registry.counter("tidings.worker.events", "type", "task.created", "result", "transient")
                .increment(9);
        registry.counter("tidings.worker.events", "type", "task.created", "result", "duplicate")
                .increment();
        step();

        assertThat(recorder.after(0).steps().getFirst().values()).containsEntry("taken/task.created", 6.0);
    }

    @Test
    void anHourIsKeptAndACallerGetsOnlyWhatIsNewToIt() {
        recorder.record();
        for (int n = 0; n < SeriesRecorder.KEPT + 5; n++) {
            step();
        }

        SeriesPage all = recorder.after(0);
        assertThat(all.steps()).hasSize(SeriesRecorder.KEPT);
        long last = all.steps().getLast().slot();
        assertThat(last).isEqualTo(now.toEpochMilli() / SeriesRecorder.STEP_MILLIS);
        assertThat(recorder.after(last - 2).steps()).extracting(Step::slot).containsExactly(last - 1, last);
    }

    @Test
    void aReplicaFindsWhatTheCallerHasOfItAmongTheOthers() {
        String request = SeriesPaths.request(Map.of(recorder.instance(), 17L, "other", 20L));
        List<String> known = List.of(request.substring(request.indexOf('=') + 1).split(","));

        assertThat(SeriesPaths.lastOf(recorder.instance(), known)).isEqualTo(17);
        assertThat(SeriesPaths.lastOf("new", known)).isZero();
        assertThat(SeriesPaths.lastOf("other", List.of("", "other", "other:", "other:x", "other:-1")))
                .isZero();
    }

    @Test
    void durationsOfAllTimersAreInBucketsWhoseQuantilesAreNearTheTruth() {
        recorder.record();
        for (String topic : new String[] {"a", "b"}) {
            Timer timer = Timer.builder("tidings.ingest.latency")
                    .tag("topic", topic)
                    .publishPercentileHistogram()
                    .register(registry);
            for (int millis = 1; millis <= 1_000; millis++) {
                timer.record(Duration.ofMillis(millis));
            }
        }
        step();

        double[] counts = new double[Buckets.COUNT];
        Step step = recorder.after(0).steps().getFirst();
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] = step.values().getOrDefault(Measure.INGEST.key(Buckets.name(bucket)), 0.0);
        }
        assertThat(Arrays.stream(counts).sum()).isEqualTo(2_000);
        assertThat(Buckets.quantile(counts, 0.5)).isCloseTo(500, within(100.0));
        assertThat(Buckets.quantile(counts, 0.99)).isCloseTo(990, within(250.0));
    }

    @Test
    void withoutDurationsThereIsNoQuantile() {
        assertThat(Buckets.quantile(new double[Buckets.COUNT], 0.5)).isNaN();
    }

    private void step() {
        now = now.plusMillis(SeriesRecorder.STEP_MILLIS);
        recorder.record();
    }
}
