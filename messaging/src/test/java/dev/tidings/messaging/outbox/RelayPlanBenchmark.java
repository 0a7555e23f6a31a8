package dev.tidings.messaging.outbox;

import dev.tidings.retry.Backoff;
import dev.tidings.sidecar.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The plan of one round of the relay: which of 100 waiting events go to the broker together. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RelayPlanBenchmark {
    private final List<OutgoingEvent> waiting =
            IntStream.range(0, 100).mapToObj(n -> Events.of("key-" + n)).toList();
    private final RelaySchedule schedule = new RelaySchedule(
            100,
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30)),
            new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2)),
            () -> 0L);

    @Benchmark
    public List<Bulk> planOf100Events() {
        return schedule.plan(waiting, Instant.EPOCH);
    }
}
