package dev.tidings.websocket.socket;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tidings.edge.EdgeSettings;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The maximum number of sockets of this process. Sockets and HTTP connections together stay below the limit of the edge and
 * below the limit of open files of the process, because no client could connect at that limit.
 *
 * @param connections maximum number of sockets of users
 * @param pendingLogins maximum number of sockets that have not logged in; the same number may be closing
 */
record SocketLimits(int connections, int pendingLogins) {
    private static final Logger log = LoggerFactory.getLogger(SocketLimits.class);

    /** Open files reserved for the database, the sidecar, peers, logs and classes. */
    private static final int OTHER_FILES = 200;

    /** Maximum number of connections reserved for HTTP requests of users. */
    private static final long MAX_RESERVED = 1_000;

    /** Returns the maximum number of sockets. */
    int all() {
        return connections + 2 * pendingLogins;
    }

    /** Returns the limits from the settings, lowered to what the edge and the limit of open files allow. */
    static SocketLimits of(SocketSettings settings, EdgeSettings edge) {
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        long open = Math.min(edge.maxConnections(), Math.max(files / 2, files - OTHER_FILES));
        SocketLimits limits =
                within(open, edge.maxAnonymousConnections(), settings.maxConnections(), settings.pendingLogins());
        if (limits.connections() < settings.maxConnections() || limits.pendingLogins() < settings.pendingLogins()) {
            log.warn(
                    "Accepts {} connections and {} pending logins instead of tidings.socket.max-connections={} and"
                            + " pending-logins={}: limited by {} open files (ulimit -n) and"
                            + " tidings.edge.max-connections={}",
                    limits.connections(),
                    limits.pendingLogins(),
                    settings.maxConnections(),
                    settings.pendingLogins(),
                    files,
                    edge.maxConnections());
        }
        return limits;
    }

    /**
     * @param open maximum number of connections of any kind
     * @param anonymousRequests maximum number of anonymous HTTP connections
     */
    static SocketLimits within(long open, int anonymousRequests, int connections, int pendingLogins) {
        long usable = open - Math.min(anonymousRequests, open / 4) - Math.min(MAX_RESERVED, open / 8);
        int pending = (int) Math.max(1, Math.min(pendingLogins, usable / 8));
        return new SocketLimits((int) Math.max(1, Math.min(connections, usable - 2L * pending)), pending);
    }
}
