package dev.tidings.websocket.socket;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.CorsConfiguration;

/** Decides by the {@code Origin} header which pages may connect. Immutable and pure. */
final class Origins {
    enum OriginCheck {
        ALLOWED,
        NOT_ALLOWED,
        /** The header is not a serialized origin (RFC 6454, 6.2). */
        MALFORMED
    }

    /** Browsers send {@code null} for pages with an opaque origin, such as sandboxed frames. */
    private static final String OPAQUE = "null";

    private static final Pattern SERIALIZED =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://(?:[A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?/?");

    private static final int MAX_PORT = 65_535;

    private final CorsConfiguration allowed = new CorsConfiguration();

    /** @param patterns such as {@code https://*.example.com}; an empty list allows the origin of the service only */
    Origins(List<String> patterns) {
        allowed.setAllowedOriginPatterns(patterns);
    }

    /**
     * Checks one request.
     *
     * @param values all {@code Origin} headers; an empty list means that the client is not a browser
     */
    OriginCheck check(List<String> values, @Nullable String scheme, @Nullable String host, int port) {
        if (values.isEmpty()) {
            return OriginCheck.ALLOWED;
        }
        String origin = values.getFirst().strip();
        if (values.size() > 1 || !isOrigin(origin)) {
            return OriginCheck.MALFORMED;
        }
        boolean isAllowed = isOwn(origin, scheme, host, port) || allowed.checkOrigin(origin) != null;
        return isAllowed ? OriginCheck.ALLOWED : OriginCheck.NOT_ALLOWED;
    }

    private static boolean isOrigin(String text) {
        if (text.equals(OPAQUE)) {
            return true;
        }
        URI origin = SERIALIZED.matcher(text).matches() ? parsed(text) : null;
        return origin != null && origin.getPort() <= MAX_PORT;
    }

    private static boolean isOwn(String text, @Nullable String scheme, @Nullable String host, int port) {
        URI origin = parsed(text);
        return origin != null
                && host != null
                && host.equalsIgnoreCase(origin.getHost())
                && origin.getScheme().equalsIgnoreCase(scheme)
                && portOf(origin) == port;
    }

    private static int portOf(URI origin) {
        if (origin.getPort() >= 0) {
            return origin.getPort();
        }
        return origin.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private static @Nullable URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
