package dev.tidings.edge;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.edge.problems.Problems;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Closes HTTP connections that exceed the time limit of a header, and limits the connections of anonymous callers and users.
 *
 * <p>Jetty's idle timeout closes only silent connections; a header that arrives byte by byte has no limit. So each connection is
 * checked once a second. Beyond a limit, the oldest connections that wait for their clients are closed: a flood can only shorten the
 * time for the requests of new connections. Connections that wait for this service stay, because a client that is cut off comes back and
 * costs more; the total of the process bounds them. A young connection may have sent a request that nobody has read yet, as when all
 * clients of another replica come at once: it stays for the time limit of a header, or until places become scarce. Upgraded
 * connections (WebSockets) are not counted.
 *
 * <p>{@link HttpConnection} is internal to Jetty. No public class distinguishes a header in progress from an idle connection.
 */
final class ConnectionGuard extends AbstractLifeCycle implements Connection.Listener {
    private static final String KNOWN = ConnectionGuard.class.getName();
    private static final long SWEEP_MILLIS = 1000;

    /** Recognized connections are moved at most this often, because all are examined for it. */
    private static final long MOVE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How many of the oldest connections are examined for one that waits for its client: those before it are being served. */
    private static final int EXAMINED = 200;

    private final AbstractConnector connector;
    private final int maxAnonymous;
    private final int maxUsers;
    private final int places;
    private final long headerNanos;
    private final long idleNanos;

    /** Oldest first. A connection moves to {@code users} when its caller is recognized. */
    @GuardedBy("this")
    private final SequencedMap<HttpConnection, Watch> anonymous = new LinkedHashMap<>();

    @GuardedBy("this")
    private final SequencedMap<HttpConnection, Watch> users = new LinkedHashMap<>();

    @GuardedBy("this")
    private long movedAt = System.nanoTime();

    private volatile Scheduler.@Nullable Task nextSweep;

    /** The age and the last observed progress of a connection, on the clock of {@link System#nanoTime}. */
    private static final class Watch {
        private final long opened = System.nanoTime();
        private long messages = 0;
        private long since = opened;
    }

    /** A connection that exceeded a time limit when it had received so many requests. */
    private record LateConnection(HttpConnection connection, long messages) {}

    /** @param places maximum number of open connections of the process */
    ConnectionGuard(AbstractConnector connector, EdgeSettings settings, int places) {
        this.connector = connector;
        this.maxAnonymous = Math.min(settings.maxAnonymousConnections(), places / 4);
        this.maxUsers = Math.min(settings.maxUserConnections(), places / 4);
        this.places = places;
        this.headerNanos = settings.headerTimeout().toNanos();
        this.idleNanos = settings.idleTimeout().toNanos();
    }

    /** Marks the connection of the request as one of a recognized caller. */
    static void markKnown(Request request) {
        request.getConnectionMetaData().setAttribute(KNOWN, true);
    }

    @Override
    protected void doStart() {
        sweepLater();
    }

    @Override
    protected void doStop() {
        Scheduler.Task task = nextSweep;
        if (task != null) {
            task.cancel();
        }
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof HttpConnection http) {
            HttpConnection excess;
            synchronized (this) {
                anonymous.put(http, new Watch());
                excess = arePlacesScarce() ? removeExcess() : null;
            }
            if (excess != null) {
                excess.getEndPoint().close();
            }
        }
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof HttpConnection http) {
            synchronized (this) {
                anonymous.remove(http);
                users.remove(http);
            }
        }
    }

    /** Returns whether these connections take half of all places, or leave less than an eighth of them beside the WebSockets. */
    @GuardedBy("this")
    private boolean arePlacesScarce() {
        return anonymous.size() + users.size() > places / 2
                || connector.getConnectedEndPoints().size() > places - places / 8;
    }

    /**
     * Removes and returns the connection to close: the oldest anonymous one that waits for its client. Returns null if none does, or if
     * the limits hold after the recognized connections were moved. Jetty reports the close later, so the connection is removed here.
     */
    @GuardedBy("this")
    private @Nullable HttpConnection removeExcess() {
        if (System.nanoTime() - movedAt > MOVE_NANOS) {
            moveKnown();
        }
        if (anonymous.size() > maxAnonymous) {
            return removeFirstWaiting(anonymous);
        }
        return users.size() > maxUsers ? removeFirstWaiting(users) : null;
    }

    @GuardedBy("this")
    private void moveKnown() {
        movedAt = System.nanoTime();
        for (var entries = anonymous.entrySet().iterator(); entries.hasNext(); ) {
            var entry = entries.next();
            if (Boolean.TRUE.equals(entry.getKey().getAttribute(KNOWN))) {
                users.put(entry.getKey(), entry.getValue());
                entries.remove();
            }
        }
    }

    private static @Nullable HttpConnection removeFirstWaiting(SequencedMap<HttpConnection, Watch> connections) {
        HttpConnection waiting = connections.sequencedKeySet().stream()
                .limit(EXAMINED)
                .filter(ConnectionGuard::waitsForClient)
                .findFirst()
                .orElse(null);
        if (waiting != null) {
            connections.remove(waiting);
        }
        return waiting;
    }

    /** Returns whether nothing has arrived that this service has not answered. What has arrived and waits for a thread ends the interest in more. */
    private static boolean waitsForClient(HttpConnection connection) {
        boolean silent = connection.getMessagesIn() <= connection.getMessagesOut()
                && connection.getEndPoint().isFillInterested();
        return silent || BodyReader.waitsForClient(connection);
    }

    private void sweepLater() {
        if (isRunning()) {
            nextSweep = connector.getScheduler().schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        try {
            List<LateConnection> late = new ArrayList<>();
            List<HttpConnection> excess = new ArrayList<>();
            long now = System.nanoTime();
            synchronized (this) {
                moveKnown();
                anonymous.forEach((connection, watch) -> collectLate(connection, watch, now, late));
                users.forEach((connection, watch) -> collectLate(connection, watch, now, late));
                excess.addAll(removeOld(anonymous, maxAnonymous, now));
                excess.addAll(removeOld(users, maxUsers, now));
            }
            late.forEach(ConnectionGuard::end);
            excess.forEach(connection -> connection.getEndPoint().close());
        } finally {
            sweepLater();
        }
    }

    /** Removes and returns the oldest connections beyond the limit that wait for their clients, except young ones. */
    private List<HttpConnection> removeOld(SequencedMap<HttpConnection, Watch> connections, int limit, long now) {
        List<HttpConnection> excess = connections.sequencedEntrySet().stream()
                .takeWhile(entry -> now - entry.getValue().opened >= headerNanos)
                .map(Map.Entry::getKey)
                .filter(ConnectionGuard::waitsForClient)
                .limit(Math.max(0, connections.size() - limit))
                .toList();
        excess.forEach(connections::remove);
        return excess;
    }

    private void collectLate(HttpConnection connection, Watch watch, long now, List<LateConnection> late) {
        long messages = connection.getMessagesIn();
        if (messages > connection.getMessagesOut()) {
            watch.since = now;
            return;
        }
        boolean inHeader = connection.getParser().inHeaderState()
                && !connection.getParser().isStart();
        if (messages != watch.messages) {
            watch.messages = messages;
            watch.since = now;
        }
        boolean first = messages == 0;
        boolean headerIsLate = inHeader && now - connection.getParser().getBeginNanoTime() > headerNanos;
        boolean silent = now - watch.since > (first ? headerNanos : idleNanos);
        if (headerIsLate || silent) {
            late.add(new LateConnection(connection, messages));
        }
    }

    /**
     * Writes the answer outside of a Jetty exchange, because a connection that waits for a header has none. If the request has arrived
     * meanwhile, it is left alone: the answer would follow that of the request, or be taken for a frame of a WebSocket.
     */
    private static void end(LateConnection late) {
        HttpConnection connection = late.connection;
        if (connection.getMessagesIn() != late.messages) {
            return;
        }
        if (connection.getBytesIn() == 0
                || connection.getMessagesIn() > 0 && connection.getParser().isStart()) {
            connection.getEndPoint().close();
            return;
        }
        byte[] body = Problems.json(Problems.document(408, "the header took too long to arrive", List.of()));
        String head = "HTTP/1.1 408 Request Timeout\r\nContent-Type: application/problem+json\r\nContent-Length: %d\r\n"
                        .formatted(body.length)
                + "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
        TimeoutException timeout = new TimeoutException("the header took too long");
        try {
            connection
                    .getEndPoint()
                    .write(
                            Callback.from(() -> connection.getEndPoint().close(timeout)),
                            ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)),
                            ByteBuffer.wrap(body));
        } catch (RuntimeException e) {
            // The header ended at the same moment, and its answer is being written. The client exceeded the limit.
            connection.getEndPoint().close(e);
        }
    }
}
