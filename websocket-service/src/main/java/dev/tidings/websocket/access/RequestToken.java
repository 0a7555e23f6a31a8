package dev.tidings.websocket.access;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the token of a request. Browsers cannot set the {@code Authorization} header of a WebSocket upgrade, so the token of
 * an upgrade may also be in the subprotocols or the query (R-WS-5). The header has precedence over the subprotocols, and
 * both over the query, because proxies log queries.
 */
public final class RequestToken {
    public static final String UPGRADE_PATH = "/ws";
    private static final String BEARER = "Bearer ";
    private static final String SUBPROTOCOL = "bearer.";

    private RequestToken() {}

    /** Returns the token of an {@code Authorization} header. */
    public static Optional<String> bearer(@Nullable String authorization) {
        return Optional.ofNullable(authorization)
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    /**
     * Returns the token of a WebSocket upgrade.
     *
     * @param subprotocols the values of {@code Sec-WebSocket-Protocol}, separated by commas
     * @param query the undecoded query
     */
    public static Optional<String> ofUpgrade(
            @Nullable String authorization, @Nullable String subprotocols, String query) {
        return bearer(authorization)
                .or(() -> first(Objects.requireNonNullElse(subprotocols, "").split(",", -1), SUBPROTOCOL))
                .or(() -> parameter(query, "token"));
    }

    /** Returns a decoded parameter of an undecoded query. An empty parameter counts as absent. */
    public static Optional<String> parameter(String query, String name) {
        return first(query.split("&", -1), name + "=")
                .filter(value -> !value.isEmpty())
                .map(RequestToken::decoded);
    }

    private static Optional<String> first(String[] parts, String prefix) {
        return Stream.of(parts)
                .map(String::strip)
                .filter(part -> part.startsWith(prefix))
                .map(part -> part.substring(prefix.length()))
                .findFirst();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // An invalid escape is kept. As a token or a user id the value is then rejected.
            return text;
        }
    }
}
