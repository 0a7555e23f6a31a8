package dev.tidings.websocket.delivery;

import dev.tidings.retry.Backoff;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A hub with real catch-up and sweep over the log that a test gives it. */
final class Hub {
    static final DeliverySettings SETTINGS = settings(512, 262_144);

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Queue<String> presence = new ConcurrentLinkedQueue<>();
    final EventLog log;
    final ConnectionHub connections;
    final Sweep sweep;
    final CatchUp catchUp;

    Hub(EventLog log) {
        this(log, SETTINGS);
    }

    Hub(EventLog log, DeliverySettings settings) {
        this.log = log;
        DeliveryMetrics metrics = new DeliveryMetrics(meters);
        this.catchUp = new CatchUp(log, settings, new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), metrics);
        Registry told = new Registry() {
            @Override
            public void opened(StreamName stream) {
                presence.add("opened " + stream);
            }

            @Override
            public void closed(StreamName stream) {
                presence.add("closed " + stream);
            }
        };
        this.connections =
                new ConnectionHub(log, told, catchUp, settings, metrics, new SentLogLines(Map.of()), Clock.systemUTC());
        this.sweep = new Sweep(connections, log, settings, metrics);
    }

    static DeliverySettings settings(int queueMessages, int queueBytes) {
        return new DeliverySettings(
                3,
                queueMessages,
                queueBytes,
                20,
                2,
                Duration.ofSeconds(3),
                100,
                Duration.ofSeconds(25),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ofSeconds(3));
    }

    OpenResult open(Wire wire, @Nullable Cursor resume) {
        return connections.open(
                new Subscriber("user-123", "student", Instant.parse("2099-01-01T00:00:00Z")), wire, resume, "test");
    }

    Connection opened(Wire wire) {
        return ((OpenResult.Opened) open(wire, null)).connection();
    }

    /** Appends without a push. */
    List<LoggedEvent> append(StreamName stream, int from, int count) {
        return log.append(IntStream.range(from, from + count)
                .mapToObj(i -> Sample.newEvent(stream, stream + "/" + i))
                .toList());
    }

    double count(String counter) {
        return meters.get(counter).counter().count();
    }
}
