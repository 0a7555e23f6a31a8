package dev.tidings.websocket.stream;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The encoding of an event, once for all connections, and of the cursor, once for each connection. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodingBenchmark {
    private static final StreamName USER = StreamName.ofUser("user-123");

    private final LoggedEvent event = new LoggedEvent(
            USER,
            4711,
            "backend",
            "0197f3a4-7c1e-7b5e-9f5a-2f1c8e6a4b10",
            "task.created",
            "task_update",
            "{\"event_type\":\"task.created\",\"user_id\":\"user-123\",\"title\":\"A title of usual length\"}",
            1_764_000_000_000L,
            Set.of("user-123"));
    private final Cursor cursor = Cursor.at(42, Map.of(USER, 4711L, StreamName.ofRole("student"), 17L));
    private final String text = cursor.encode();
    private final EventMessage message = EventMessage.of(event);

    @Benchmark
    public EventMessage eventForAllConnections() {
        return EventMessage.of(event);
    }

    @Benchmark
    public byte[] messageForOneConnection() {
        return message.with(cursor);
    }

    @Benchmark
    public Object cursorOfAClient() {
        return Cursor.decode(text);
    }
}
