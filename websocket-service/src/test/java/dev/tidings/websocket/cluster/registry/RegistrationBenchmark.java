package dev.tidings.websocket.cluster.registry;

import dev.tidings.websocket.cluster.membership.Timings;
import dev.tidings.websocket.cluster.registry.Registration.RegistrationAction;
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

/** What a replica with 15 000 streams does once a second: decide for each whether its entry in the registry is due. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RegistrationBenchmark {
    private static final String INCARNATION = "replica-1/0197f3a4";

    private final List<Registration> all = IntStream.range(0, 15_000)
            .mapToObj(now -> Registration.opened(now).writing(INCARNATION).written(INCARNATION, now))
            .toList();

    @Benchmark
    public long dueEntriesOfAllStreams() {
        return all.stream()
                .filter(one -> one.next(INCARNATION, 1_000_000, Timings.TIMING) != RegistrationAction.NONE)
                .count();
    }
}
