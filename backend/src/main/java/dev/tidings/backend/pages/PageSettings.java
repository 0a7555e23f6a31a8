package dev.tidings.backend.pages;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings {@code tidings.pages}; application.yaml documents them.
 *
 * @param apiUrl empty if the pages have the same origin as the API
 * @param traceViewer address of a trace, with <code>{traceId}</code> in it; empty if there is no viewer
 */
@ConfigurationProperties("tidings.pages")
record PageSettings(String apiUrl, String socketUrl, String currency, String traceViewer) {
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
        // It becomes a link, so no other scheme.
        if (!traceViewer.isEmpty() && !traceViewer.matches("https?://[^\\s'\"]*\\{traceId}[^\\s'\"]*")) {
            throw new IllegalArgumentException(
                    "tidings.pages.trace-viewer is '%s'; it is an address such as https://example.com/trace/{traceId}, or empty: set TIDINGS_TRACE_VIEWER"
                            .formatted(traceViewer));
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
