package dev.tidings.backend.demo;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names under which the demonstration may be called: those of the machine itself, and configured ones.
 *
 * <p>A page of a stranger can have its own name resolve to 127.0.0.1 (DNS rebinding). The browser then takes the backend for the
 * page's own origin, and only the headers {@code Host} and {@code Origin} show the difference: no script can set them. Behind a
 * proxy, Jetty replaces the host by that of {@code X-Forwarded-Host}, which a script can set, so both are looked at.
 */
final class DemoHosts {
    private final Set<String> configured;

    /** @param configured names or addresses without a port, in any case */
    DemoHosts(Set<String> configured) {
        this.configured = configured.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /**
     * @param host of the request, without its port
     * @param origin header of a browser's request; null where there is none
     */
    boolean allow(String host, @Nullable String origin) {
        return isAllowed(host) && (origin == null || isAllowed(hostOf(origin)));
    }

    /** @return empty if the origin has no host, as {@code null} of a sandboxed page */
    private static String hostOf(String origin) {
        try {
            return Objects.requireNonNullElse(new URI(origin).getHost(), "");
        } catch (URISyntaxException e) {
            return "";
        }
    }

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
