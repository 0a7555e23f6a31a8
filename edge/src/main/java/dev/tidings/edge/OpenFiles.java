package dev.tidings.edge;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The limit of open files of this process. Each connection uses one. */
final class OpenFiles {
    private static final int UNKNOWN = 1024;
    /** Reserved for the database, the sidecar, peers, logs and classes. */
    private static final int RESERVED = 200;

    private OpenFiles() {}

    static int limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (int) Math.min(Integer.MAX_VALUE, system.getMaxFileDescriptorCount())
                : UNKNOWN;
    }

    /** Returns how many of the open files connections may use. */
    static int forConnections(int limit) {
        return Math.max(limit / 2, limit - RESERVED);
    }
}
