package dev.tidings.websocket.socket;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tidings.edge.EdgeSettings;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many sockets this process takes, so that they and the HTTP connections together stay below what the edge and the process's
 * limit of open files allow. At the limit nobody could connect any more, whoever caused it.
 *
 * @param connections most sockets with a user
 * @param strangers most sockets that wait for a login; as many again may be about to leave
 */
record SocketLimits(int connections, int strangers) {
    private static final Logger log = LoggerFactory.getLogger(SocketLimits.class);

    /** Open files for the database, the sidecar, peers, logs and classes. */
    private static final int OTHER_FILES = 200;

    /** SocketLimits that are left for HTTP requests of users while every socket is taken. */
    private static final long MOST_RESERVED = 1_000;

    /** Most sockets at any moment. */
    int all() {
        return connections + 2 * strangers;
    }

    /** The settings, lowered to what the edge and the process's limit of open files allow. */
    static SocketLimits of(SocketSettings settings, EdgeSettings edge) {
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        long open = Math.min(edge.maxConnections(), Math.max(files / 2, files - OTHER_FILES));
        SocketLimits places =
                within(open, edge.maxAnonymousConnections(), settings.maxConnections(), settings.pendingLogins());
        if (places.connections() < settings.maxConnections() || places.strangers() < settings.pendingLogins()) {
            log.warn(
                    "Takes {} connections and {} sockets without a login instead of tidings.socket.max-connections={} and"
                            + " pending-logins={}, since {} files (ulimit -n) and tidings.edge.max-connections={} allow no more",
                    places.connections(),
                    places.strangers(),
                    settings.maxConnections(),
                    settings.pendingLogins(),
                    files,
                    edge.maxConnections());
        }
        return places;
    }

    /**
     * @param open most connections of any kind
     * @param strangerRequests most HTTP connections of strangers
     */
    static SocketLimits within(long open, int strangerRequests, int connections, int strangers) {
        long usable = open - Math.min(strangerRequests, open / 4) - Math.min(MOST_RESERVED, open / 8);
        int few = (int) Math.max(1, Math.min(strangers, usable / 8));
        return new SocketLimits((int) Math.max(1, Math.min(connections, usable - 2L * few)), few);
    }
}
