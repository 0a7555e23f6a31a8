package dev.tidings.websocket.delivery;

import dev.tidings.websocket.delivery.OpenResult.Opened;
import dev.tidings.websocket.delivery.OpenResult.Refused;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections of this replica, by stream.
 *
 * <p>Opening keeps the order that lets no event fall between (docs/architecture.md#connect): the connection is put into the hub,
 * so that it notices pushes; presence is told and waited for, so that other replicas push here; the tails are read;
 * then {@code connected} is sent. What was appended before the presence is below the tails, what comes later is pushed.
 *
 * <p>Any thread may call. {@link #open} blocks on the state store and the database, nothing else blocks.
 */
public final class ConnectionHub implements LocalConnections {
    private static final Logger log = LoggerFactory.getLogger(ConnectionHub.class);
    private static final long RETRY_MILLIS = 200;

    private record Tails(long epoch, Map<StreamName, Long> numbers) {}

    private final EventLog eventLog;
    private final Registry presence;
    private final CatchUp catchUp;
    private final DeliverySettings settings;
    private final DeliveryMetrics metrics;
    private final InstantSource clock;
    private final Semaphore tailReads;

    /** A stream is here as long as it has connections. Changed by {@code compute} only, so one step at a time per stream. */
    private final Map<StreamName, Set<Connection>> byStream = new ConcurrentHashMap<>();

    private final Set<Connection> all = ConcurrentHashMap.newKeySet();
    private final RecentConnections recent = new RecentConnections();
    private volatile Runnable sweepSignal = () -> {};
    private volatile boolean accepting = true;

    ConnectionHub(
            EventLog eventLog,
            Registry presence,
            CatchUp catchUp,
            DeliverySettings settings,
            DeliveryMetrics metrics,
            InstantSource clock) {
        this.eventLog = eventLog;
        this.presence = presence;
        this.catchUp = catchUp;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.tailReads = new Semaphore(settings.concurrentReads(), true);
        metrics.observe(this);
    }

    /** Opens a connection for a verified user; returns when {@code connected} is on its way, or cannot be. */
    public OpenResult open(Subscriber subscriber, Wire wire, ResumePoint resume) {
        long now = monotonicMillis();
        long pingPhase = ThreadLocalRandom.current()
                .nextLong(Math.max(1, settings.pingInterval().toMillis()));
        Heartbeat heartbeat = new Heartbeat(
                settings.pingInterval(), settings.silenceLimit(), settings.stallLimit(), now, now + pingPhase);
        Connection connection = new Connection(subscriber, wire, catchUp, settings, metrics, heartbeat, clock);
        if (!join(connection)) {
            return new Refused(CloseReason.TOO_MANY_CONNECTIONS);
        }
        if (!accepting) {
            leave(connection);
            return new Refused(CloseReason.SHUTTING_DOWN);
        }
        Tails tails;
        try {
            connection.streams().forEach(presence::opened);
            tails = readTails(connection.streams());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave(connection);
            return new Refused(CloseReason.SHUTTING_DOWN);
        } catch (RuntimeException e) {
            leave(connection);
            metrics.error("open");
            log.warn(
                    "[WebSocket] User {} cannot connect and is told to try later, since the log cannot be read: {}",
                    subscriber.userId(),
                    e.toString());
            return new Refused(CloseReason.OVERLOADED);
        }
        try {
            connection.start(resume, tails.epoch(), tails.numbers());
        } catch (RuntimeException e) {
            leave(connection);
            metrics.error("open");
            log.error("[WebSocket] The connection of user {} cannot start and is closed", subscriber.userId(), e);
            return new Refused(CloseReason.INTERNAL_ERROR);
        }
        if (resume.cursor() != null) {
            metrics.resumed();
        }
        log.info("[WebSocket] User connected: {} ({})", subscriber.userId(), subscriber.role());
        return new Opened(connection);
    }

    /** The connection's socket is gone. */
    public void closed(Connection connection) {
        connection.ended();
        if (leave(connection)) {
            recent.add(
                    connection.streams().stream().collect(Collectors.toMap(Function.identity(), connection::progress)));
        }
    }

    @Override
    public void push(List<LoggedEvent> events) {
        for (LoggedEvent event : events) {
            Set<Connection> connections = byStream.get(event.stream());
            if (connections != null) {
                EncodedEvent message = EncodedEvent.of(event);
                connections.forEach(connection -> connection.push(message));
            }
        }
    }

    @Override
    public void sweepNow() {
        sweepSignal.run();
    }

    @Override
    public Map<String, Integer> countByUser() {
        Map<String, Integer> counts = new HashMap<>();
        byStream.forEach((stream, connections) -> {
            if (stream.isUser()) {
                counts.put(stream.owner(), connections.size());
            }
        });
        return counts;
    }

    @Override
    public List<ConnectionProgress> progress(StreamName stream) {
        List<ConnectionProgress> open = byStream.getOrDefault(stream, Set.of()).stream()
                .limit(MAX_PROGRESS)
                .map(connection -> connection.progress(stream))
                .toList();
        return Stream.concat(open.stream(), recent.of(stream, MAX_PROGRESS - open.size()).stream())
                .toList();
    }

    @Override
    public Set<StreamName> openStreams() {
        return Set.copyOf(byStream.keySet());
    }

    public int connectionCount() {
        return all.size();
    }

    /** How many users have a connection here. */
    public int userCount() {
        return (int) byStream.keySet().stream().filter(StreamName::isUser).count();
    }

    /** Whether new connections are taken; not any more once the replica is stopping. */
    public boolean isAccepting() {
        return accepting;
    }

    void stopAccepting() {
        accepting = false;
    }

    List<Connection> connections() {
        return new ArrayList<>(all);
    }

    /** Sends away who holds numbers of a log that is no longer there. */
    void requireEpoch(long epoch) {
        for (Connection connection : all) {
            long after = ThreadLocalRandom.current()
                    .nextLong(settings.reconnectSpread().toMillis() + 1);
            connection.requireEpoch(epoch, after);
        }
    }

    /** Tells the connections of these streams where the log's tails are. */
    void compare(Map<StreamName, Long> tails) {
        tails.forEach((stream, tail) ->
                byStream.getOrDefault(stream, Set.of()).forEach(connection -> connection.sweep(stream, tail)));
    }

    /** Who asks for a sweep is heard by this. */
    void onSweepNow(Runnable signal) {
        sweepSignal = signal;
    }

    /** Looks after every connection; to be called about every second. */
    public void tick() {
        long now = monotonicMillis();
        all.forEach(connection -> connection.tick(now));
    }

    private boolean join(Connection connection) {
        List<StreamName> streams = connection.streams();
        boolean[] joined = new boolean[1];
        byStream.compute(streams.getFirst(), (stream, present) -> {
            if (present != null && present.size() >= settings.connectionsPerUser()) {
                return present;
            }
            joined[0] = true;
            return added(present, connection);
        });
        if (joined[0]) {
            streams.subList(1, streams.size())
                    .forEach(stream -> byStream.compute(stream, (name, present) -> added(present, connection)));
            all.add(connection);
        }
        return joined[0];
    }

    private static Set<Connection> added(@Nullable Set<Connection> present, Connection one) {
        Set<Connection> connections = present == null ? ConcurrentHashMap.newKeySet(2) : present;
        connections.add(one);
        return connections;
    }

    /** Whether it was here. */
    private boolean leave(Connection connection) {
        if (!all.remove(connection)) {
            return false;
        }
        for (StreamName stream : connection.streams()) {
            byStream.computeIfPresent(stream, (name, connections) -> {
                connections.remove(connection);
                if (!connections.isEmpty()) {
                    return connections;
                }
                // Inside the step, so that it cannot come after the 'opened' of a connection that joins next.
                presence.closed(name);
                return null;
            });
        }
        return true;
    }

    private Tails readTails(Collection<StreamName> streams) throws InterruptedException {
        long deadline = monotonicMillis() + settings.openTimeout().toMillis();
        while (true) {
            if (!tailReads.tryAcquire(settings.openTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("no turn at the database within " + settings.openTimeout());
            }
            try {
                return new Tails(eventLog.epoch(), eventLog.tails(streams));
            } catch (RuntimeException e) {
                if (monotonicMillis() + RETRY_MILLIS >= deadline) {
                    throw e;
                }
            } finally {
                tailReads.release();
            }
            Thread.sleep(RETRY_MILLIS);
        }
    }

    private static long monotonicMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
