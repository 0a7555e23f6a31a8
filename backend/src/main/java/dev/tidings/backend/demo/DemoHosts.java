package dev.tidings.backend.demo;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names under which the demonstration may be called: those of the machine itself, and configured ones.
 *
 * <p>A page of a stranger can have its own name resolve to 127.0.0.1 (DNS rebinding). The browser then takes the backend for the
 * page's own origin, and only the {@code Host} header shows the difference.
 */
final class DemoHosts {
    private final Set<String> configured;

    /** @param configured names or addresses without a port, in any case */
    DemoHosts(Set<String> configured) {
        this.configured = configured.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** @param host of a {@code Host} header, without its port */
    boolean isAllowed(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || isLoopbackAddress(name) || configured.contains(name);
    }

    private static boolean isLoopbackAddress(String name) {
        try {
            return InetAddress.ofLiteral(name.replaceAll("^\\[(.*)]$", "$1")).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false; // a name, which is not resolved here
        }
    }
}
