package dev.tidings.backend.pages;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings {@code tidings.pages}; application.yaml documents them.
 *
 * @param apiUrl empty if the pages have the same origin as the API
 */
@ConfigurationProperties("tidings.pages")
record PageSettings(String apiUrl, String socketUrl, String currency) {
    PageSettings {
        if (!socketUrl.matches("wss?://[^\\s;,'\"]+")) {
            throw new IllegalArgumentException(
                    "tidings.pages.socket-url is '%s'; it is an address such as wss://example.com/ws: set TIDINGS_SOCKET_URL"
                            .formatted(socketUrl));
        }
        if (!apiUrl.isEmpty() && !apiUrl.matches("https?://[^\\s;,'\"]+[^\\s;,'\"/]")) {
            throw new IllegalArgumentException(
                    "tidings.pages.api-url is '%s'; it is an address such as https://example.com, or empty: set TIDINGS_API_URL"
                            .formatted(apiUrl));
        }
    }

    /** Returns the sources of {@code connect-src}: sockets, polling and the API. */
    String reachable() {
        URI socket = URI.create(socketUrl);
        String sockets = socket.getScheme() + "://" + socket.getAuthority();
        String polling = sockets.replaceFirst("^ws", "http");
        return apiUrl.isEmpty() ? sockets + " " + polling : String.join(" ", sockets, polling, apiUrl);
    }
}
