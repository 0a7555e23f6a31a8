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
 * The host names at which the demo sign-in answers: loopback names and configured names.
 *
 * <p>The host name of a foreign page may resolve to 127.0.0.1 (DNS rebinding). The browser then treats the backend as the origin of
 * that page, and only the headers {@code Host} and {@code Origin}, which scripts cannot set, reveal it. Behind a proxy, Jetty
 * replaces the host by {@code X-Forwarded-Host}, which scripts can set, so both headers are checked.
 */
final class DemoHosts {
    private final Set<String> configured;

    /** @param configured names or addresses without a port; case does not matter */
    DemoHosts(Set<String> configured) {
        this.configured = configured.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /**
     * @param host host of the request without its port
     * @param origin header of a browser's request; null if there is none
     */
    boolean allow(String host, @Nullable String origin) {
        return isAllowed(host) && (origin == null || isAllowed(hostOf(origin)));
    }

    /** @return empty if the origin has no host, such as the origin {@code null} of a sandboxed page */
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
            return false; // a host name, which is not resolved
        }
    }
}
