package dev.tidings.websocket.delivery;

import static dev.tidings.websocket.delivery.Sample.ROLE;
import static dev.tidings.websocket.delivery.Sample.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.ForwardingEventLog;
import dev.tidings.websocket.stream.InMemoryEventLog;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same promise as {@link FeedLedgerTest}, with everything real but socket and database, and with threads: two
 * writers, pushes lost, doubled and reordered, a database that fails, clients of any speed.
 */
class DeliveryLedgerTest {
    private static final int EVENTS = 400;

    static LongStream seeds() {
        Long given = Long.getLong("tidings.seed");
        long first = given == null ? new Random().nextLong(1L << 40) : given;
        return LongStream.range(first, given == null ? first + 10 : first + 1);
    }

    /** Fails now and then. */
    private static final class FlakyLog extends ForwardingEventLog {
        FlakyLog(EventLog log) {
            super(log);
        }

        @Override
        public LogPage read(StreamName stream, long after, int limit) {
            if (ThreadLocalRandom.current().nextInt(4) == 0) {
                throw new IllegalStateException("the database is away");
            }
            return super.read(stream, after, limit);
        }
    }

    /** Takes messages from another thread, now and then at once. */
    private static final class AsyncWire extends FakeWire {
        private final ExecutorService threads;

        AsyncWire(ExecutorService threads) {
            this.threads = threads;
        }

        @Override
        public void write(byte[] utf8, Consumer<@Nullable Throwable> done) {
            if (ThreadLocalRandom.current().nextBoolean()) {
                super.write(utf8, done);
            } else {
                threads.execute(() -> super.write(utf8, done));
            }
        }
    }

    @ParameterizedTest(name = "-Dtidings.seed={0}")
    @MethodSource("seeds")
    void eachConnectionGetsEachEventOnceAndInOrder(long seed) throws Exception {
        Random random = new Random(seed);
        Hub hub = new Hub(new FlakyLog(new InMemoryEventLog()), Hub.settings(4 + random.nextInt(30), 1_000_000));
        List<FakeWire> wires = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3; i++) {
                FakeWire wire = new AsyncWire(threads);
                wires.add(wire);
                hub.opened(wire);
            }
            List<? extends Future<?>> writers = List.of(USER, ROLE).stream()
                    .map(stream -> threads.submit(() -> write(hub, stream, new Random(seed + stream.hash()))))
                    .toList();
            for (Future<?> writer : writers) {
                writer.get();
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                hub.sweep.sweep();
                return wires.stream().allMatch(wire -> wire.ids().size() >= 2 * EVENTS);
            });
        }
        for (FakeWire wire : wires) {
            for (StreamName stream : List.of(USER, ROLE)) {
                assertThat(wire.ids().stream().filter(id -> id.startsWith(stream.value())))
                        .containsExactlyElementsOf(IntStream.range(0, EVENTS)
                                .mapToObj(i -> stream + "/" + i)
                                .toList());
            }
        }
    }

    private static void write(Hub hub, StreamName stream, Random random) {
        for (int next = 0; next < EVENTS; ) {
            int count = Math.min(1 + random.nextInt(5), EVENTS - next);
            List<LoggedEvent> logged = new ArrayList<>(hub.append(stream, next, count));
            next += count;
            switch (random.nextInt(5)) {
                case 0 -> {} // lost
                case 1 -> {
                    Collections.shuffle(logged, random);
                    hub.connections.push(logged);
                }
                case 2 -> {
                    hub.connections.push(logged);
                    hub.connections.push(logged);
                }
                default -> hub.connections.push(logged);
            }
        }
    }
}
