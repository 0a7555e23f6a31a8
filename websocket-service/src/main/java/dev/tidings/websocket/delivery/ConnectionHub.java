package dev.tidings.websocket.delivery;

import dev.tidings.websocket.delivery.OpenResult.ConnectionRejected;
import dev.tidings.websocket.delivery.OpenResult.Opened;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections of this replica, indexed by stream.
 *
 * <p>{@link #open} keeps an order in which no event is lost (docs/architecture.md#connect). First the connection joins the
 * hub and receives pushes of this replica. Then its streams are registered, so that other replicas push here. Then the tails
 * are read, and {@code connected} is sent. An event that was appended before the registration is at or below a tail; a
 * later one is pushed.
 *
 * <p>Any thread may call any method. Only {@link #open} blocks: on the state store and the database.
 */
public final class ConnectionHub implements LocalConnections {
    private static final Logger log = LoggerFactory.getLogger(ConnectionHub.class);

    private final Registry registry;
    private final CatchUp catchUp;
    private final DeliverySettings settings;
    private final DeliveryMetrics metrics;
    private final SentLogLines sentLogLines;
    private final InstantSource clock;
    private final TailReader tailReader;

    /** Contains a stream while it has connections. Changed by {@code compute} only, so changes of a stream are serialized. */
    private final Map<StreamName, Set<Connection>> byStream = new ConcurrentHashMap<>();

    private final Set<Connection> all = ConcurrentHashMap.newKeySet();
    private final RecentConnections recent = new RecentConnections();
    private volatile Runnable sweepSignal = () -> {};
    private volatile boolean accepting = true;

    ConnectionHub(
            EventLog eventLog,
            Registry registry,
            CatchUp catchUp,
            DeliverySettings settings,
            DeliveryMetrics metrics,
            SentLogLines sentLogLines,
            InstantSource clock) {
        this.registry = registry;
        this.catchUp = catchUp;
        this.settings = settings;
        this.metrics = metrics;
        this.sentLogLines = sentLogLines;
        this.clock = clock;
        this.tailReader = new TailReader(eventLog, settings);
        metrics.observe(this);
    }

    /**
     * Opens a connection for a verified user. Returns when {@code connected} is queued, or when the connection is
     * rejected.
     *
     * @param resume the cursor of the client; null to start at the tail
     * @param device user agent of the client, for operators; empty if unknown
     */
    public OpenResult open(Subscriber subscriber, Wire wire, @Nullable Cursor resume, String device) {
        long now = monotonicMillis();
        long pingPhase = ThreadLocalRandom.current()
                .nextLong(Math.max(1, settings.pingInterval().toMillis()));
        Heartbeat heartbeat = new Heartbeat(
                settings.pingInterval(), settings.silenceLimit(), settings.stallLimit(), now, now + pingPhase);
        Connection connection =
                new Connection(subscriber, device, wire, catchUp, settings, metrics, sentLogLines, heartbeat, clock);
        if (!join(connection)) {
            return new ConnectionRejected(CloseReason.TOO_MANY_CONNECTIONS);
        }
        if (!accepting) {
            leave(connection);
            return new ConnectionRejected(CloseReason.SHUTTING_DOWN);
        }
        TailReader.Tails tails;
        try {
            connection.streams().forEach(registry::opened);
            tails = tailReader.read(connection.streams());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave(connection);
            return new ConnectionRejected(CloseReason.SHUTTING_DOWN);
        } catch (RuntimeException e) {
            leave(connection);
            metrics.error("open");
            log.warn(
                    "[WebSocket] User {} is rejected and asked to reconnect later, because the event log cannot be read: {}",
                    subscriber.userId(),
                    e.toString());
            return new ConnectionRejected(CloseReason.OVERLOADED);
        }
        try {
            connection.start(resume, tails.epoch(), tails.numbers());
        } catch (RuntimeException e) {
            leave(connection);
            metrics.error("open");
            log.error("[WebSocket] The connection of user {} failed to start and is closed", subscriber.userId(), e);
            return new ConnectionRejected(CloseReason.INTERNAL_ERROR);
        }
        if (resume != null) {
            metrics.resumed();
        }
        log.info("[WebSocket] User connected: {} ({})", subscriber.userId(), subscriber.role());
        return new Opened(connection);
    }

    /** Removes a connection whose socket has closed. */
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
                EncodedEvent encoded = EncodedEvent.of(event);
                connections.forEach(connection -> connection.push(encoded));
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
    public List<ConnectionInfo> list(ConnectionInfo.Query query) {
        Set<Connection> candidates =
                query.userId() == null ? all : byStream.getOrDefault(StreamName.ofUser(query.userId()), Set.of());
        return candidates.stream()
                .filter(connection -> connection.id().compareTo(query.after()) > 0)
                .sorted(Comparator.comparing(Connection::id))
                .limit(query.limit())
                .map(Connection::info)
                .toList();
    }

    @Override
    public boolean close(String id) {
        for (Connection connection : all) {
            if (connection.id().equals(id)) {
                return connection.close(CloseReason.CLOSED_BY_OPERATOR, 0);
            }
        }
        return false;
    }

    @Override
    public Set<StreamName> openStreams() {
        return Set.copyOf(byStream.keySet());
    }

    public int connectionCount() {
        return all.size();
    }

    /** Returns how many users have a connection here. */
    public int userCount() {
        return (int) byStream.keySet().stream().filter(StreamName::isUser).count();
    }

    /** Returns whether new connections are accepted; false once the replica is stopping. */
    public boolean isAccepting() {
        return accepting;
    }

    void stopAccepting() {
        accepting = false;
    }

    List<Connection> connections() {
        return new ArrayList<>(all);
    }

    /** Closes the connections whose numbers belong to another epoch. */
    void requireEpoch(long epoch) {
        for (Connection connection : all) {
            long after = ThreadLocalRandom.current()
                    .nextLong(settings.reconnectSpread().toMillis() + 1);
            connection.requireEpoch(epoch, after);
        }
    }

    /** Compares the positions of all connections of these streams with the tails. */
    void compare(Map<StreamName, Long> tails) {
        tails.forEach((stream, tail) ->
                byStream.getOrDefault(stream, Set.of()).forEach(connection -> connection.sweep(stream, tail)));
    }

    /** Sets the callback that starts a sweep. */
    void onSweepNow(Runnable signal) {
        sweepSignal = signal;
    }

    /** Checks the heartbeat of every connection. Called about once a second. */
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

    /** Returns whether the connection was in the hub. */
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
                // Called within compute, so it cannot run after the registration for the next connection.
                registry.closed(name);
                return null;
            });
        }
        return true;
    }

    private static long monotonicMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
