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
 * Ends HTTP connections whose client takes too long with a header, and bounds how many strangers and users may have.
 *
 * <p>Jetty's idle timeout ends only who is silent: a header that drips a byte now and then lives for ever. So every connection is
 * looked at once a second. Beyond a bound the oldest connection that waits for its client is closed: a flood can then only shorten
 * the time that a newcomer has for its request. Upgraded connections (WebSockets) are no longer counted here.
 *
 * <p>{@link HttpConnection} is internal to Jetty; nothing public tells a header in progress from an idle connection.
 */
final class ConnectionGuard extends AbstractLifeCycle implements Connection.Listener {
    private static final String KNOWN = ConnectionGuard.class.getName();
    private static final long SWEEP_MILLIS = 1000;

    private final AbstractConnector connector;
    private final int maxStrangers;
    private final int maxUsers;
    private final long headerNanos;
    private final long idleNanos;

    /** Oldest first; a connection moves to {@code users} when it is found known. */
    @GuardedBy("this")
    private final SequencedMap<HttpConnection, Watch> strangers = new LinkedHashMap<>();

    @GuardedBy("this")
    private final Map<HttpConnection, Watch> users = new LinkedHashMap<>();

    private volatile Scheduler.@Nullable Task nextSweep;

    /** When a connection was seen to change, on the clock of {@link System#nanoTime}. */
    private static final class Watch {
        private long messages = 0;
        private long since = System.nanoTime();
    }

    /** @param places how many connections the process may have open in all */
    ConnectionGuard(AbstractConnector connector, EdgeSettings settings, int places) {
        this.connector = connector;
        this.maxStrangers = Math.min(settings.maxAnonymousConnections(), places / 4);
        this.maxUsers = Math.min(settings.maxUserConnections(), places / 4);
        this.headerNanos = settings.headerTimeout().toNanos();
        this.idleNanos = settings.idleTimeout().toNanos();
    }

    /** Moves the request's connection out of the strangers' places. */
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
            HttpConnection victim;
            synchronized (this) {
                strangers.put(http, new Watch());
                victim = strangers.size() > maxStrangers ? takeVictim() : null;
            }
            if (victim != null) {
                victim.getEndPoint().close();
            }
        }
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof HttpConnection http) {
            synchronized (this) {
                strangers.remove(http);
                users.remove(http);
            }
        }
    }

    /**
     * Takes the oldest stranger that waits for its client out of the list, or the newest stranger; none if enough of them turn
     * out to be users. It is taken out at once, since Jetty reports its end later.
     */
    @GuardedBy("this")
    private @Nullable HttpConnection takeVictim() {
        settle();
        if (strangers.size() > maxStrangers) {
            HttpConnection waiting = firstWaiting(strangers);
            HttpConnection victim =
                    waiting != null ? waiting : strangers.lastEntry().getKey();
            strangers.remove(victim);
            return victim;
        }
        HttpConnection idle = users.size() > maxUsers ? firstWaiting(users) : null;
        if (idle != null) {
            users.remove(idle);
        }
        return idle;
    }

    @GuardedBy("this")
    private void settle() {
        for (var entries = strangers.entrySet().iterator(); entries.hasNext(); ) {
            var entry = entries.next();
            if (Boolean.TRUE.equals(entry.getKey().getAttribute(KNOWN))) {
                users.put(entry.getKey(), entry.getValue());
                entries.remove();
            }
        }
    }

    private static @Nullable HttpConnection firstWaiting(Map<HttpConnection, Watch> connections) {
        return connections.keySet().stream()
                .filter(ConnectionGuard::waitsForClient)
                .findFirst()
                .orElse(null);
    }

    private static boolean waitsForClient(HttpConnection connection) {
        return connection.getMessagesIn() <= connection.getMessagesOut() || BodyReader.waitsForClient(connection);
    }

    private void sweepLater() {
        if (isRunning()) {
            nextSweep = connector.getScheduler().schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        try {
            List<HttpConnection> late = new ArrayList<>();
            long now = System.nanoTime();
            synchronized (this) {
                settle();
                strangers.forEach((connection, watch) -> collectLate(connection, watch, now, late));
                users.forEach((connection, watch) -> collectLate(connection, watch, now, late));
            }
            late.forEach(ConnectionGuard::end);
        } finally {
            sweepLater();
        }
    }

    private void collectLate(HttpConnection connection, Watch watch, long now, List<HttpConnection> late) {
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
            late.add(connection);
        }
    }

    /** Nobody else writes to a connection that waits for a header, so the answer is written past Jetty's exchange. */
    private static void end(HttpConnection connection) {
        if (connection.getBytesIn() == 0
                || connection.getMessagesIn() > 0 && connection.getParser().isStart()) {
            connection.getEndPoint().close();
            return;
        }
        byte[] body = Problems.json(Problems.document(408, "the header took too long to arrive", List.of()));
        String head = "HTTP/1.1 408 Request Timeout\r\nContent-Type: application/problem+json\r\nContent-Length: %d\r\n"
                        .formatted(body.length)
                + "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
        TimeoutException late = new TimeoutException("the header took too long");
        try {
            connection
                    .getEndPoint()
                    .write(
                            Callback.from(() -> connection.getEndPoint().close(late)),
                            ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)),
                            ByteBuffer.wrap(body));
        } catch (RuntimeException e) {
            // The header ended at this moment after all, and its answer is being written: the client is too slow all
            // the same.
            connection.getEndPoint().close(e);
        }
    }
}
