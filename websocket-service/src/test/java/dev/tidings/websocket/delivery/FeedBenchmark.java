package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one pushed event costs a connection: the decision, and the text with its cursor. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FeedBenchmark {
    private static final EncodedEvent EVENT = Sample.message(Sample.USER, 1);

    private final LastMessage sink = new LastMessage();
    private final Feed feed = new Feed("user-123", List.of(Sample.USER, Sample.ROLE), sink);
    private long number;

    public FeedBenchmark() {
        feed.start(null, 1, Map.of(Sample.USER, 0L, Sample.ROLE, 0L));
        feed.begin();
    }

    @Benchmark
    public byte[] pushToALiveConnection() {
        number++;
        feed.push(new EncodedEvent(Sample.event(Sample.USER, number), EVENT.message()));
        return EVENT.message().with(sink.cursor);
    }

    private static final class LastMessage implements FeedSink {
        private Cursor cursor = Cursor.at(0, Map.of());

        @Override
        public boolean hasRoom() {
            return true;
        }

        @Override
        public void send(EncodedEvent event, Cursor after, boolean isNew) {
            cursor = after;
        }

        @Override
        public void send(Gap gap, @Nullable Cursor after) {
            throw new IllegalStateException("there is no gap: " + gap);
        }

        @Override
        public void read(StreamName stream, long after) {}

        @Override
        public void fellBehind(Cause cause) {
            throw new IllegalStateException("the numbers have no hole");
        }
    }
}
