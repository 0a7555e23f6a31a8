package dev.tidings.websocket.socket;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many sockets this process takes, as its limit of open files allows: each socket is an open file, and so is each
 * connection to the database, the sidecar and the peers.
 *
 * @param connections most sockets with a user
 * @param strangers most sockets that wait for a login; as many again may be about to leave
 */
record Places(int connections, int strangers) {
    private static final Logger log = LoggerFactory.getLogger(Places.class);

    /** Open files that are left to everything else: HTTP requests above all. */
    private static final long MOST_RESERVED = 1_000;

    /** Most sockets at any moment. */
    int all() {
        return connections + 2 * strangers;
    }

    /** The settings, lowered to what the process's limit of open files allows. */
    static Places of(SocketSettings settings) {
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        Places places = within(files, settings.maxConnections(), settings.pendingLogins());
        if (places.connections() < settings.maxConnections() || places.strangers() < settings.pendingLogins()) {
            log.warn(
                    "The process may open {} files, so it takes {} connections and {} sockets without a login instead of"
                            + " tidings.socket.max-connections={} and pending-logins={}; raise its limit (ulimit -n)",
                    files,
                    places.connections(),
                    places.strangers(),
                    settings.maxConnections(),
                    settings.pendingLogins());
        }
        return places;
    }

    /** @param files most files that the process may have open */
    static Places within(long files, int connections, int strangers) {
        long usable = files - Math.min(files / 4, MOST_RESERVED);
        int few = (int) Math.max(1, Math.min(strangers, usable / 8));
        return new Places((int) Math.max(1, Math.min(connections, usable - 2L * few)), few);
    }
}
