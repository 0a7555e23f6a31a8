package dev.tidings.websocket.socket;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The credentials and the cursor of an upgrade request. A token in the header has precedence over the subprotocol, and
 * both over the query, because proxies log queries.
 *
 * @param userId the user that the client claims to be; the token decides
 */
record Handshake(Optional<String> token, Optional<String> userId, Optional<String> cursor) {
    /** The subprotocol of the service. A token is offered beside it as {@code bearer.<token>}. */
    static final String SUBPROTOCOL = "tidings.v1";

    private static final String SUBPROTOCOL_TOKEN = "bearer.";
    private static final String BEARER = "Bearer ";

    /** @param query the undecoded query of the request; empty if there is none */
    static Handshake of(String query, HttpFields headers) {
        Optional<String> token =
                fromAuthorization(headers).or(() -> fromSubprotocols(headers)).or(() -> parameter(query, "token"));
        return new Handshake(token, parameter(query, "user_id"), parameter(query, "cursor"));
    }

    /** Returns whether the client offers the subprotocol of the service. */
    static boolean offersSubprotocol(HttpFields headers) {
        return subprotocols(headers).contains(SUBPROTOCOL);
    }

    private static Optional<String> fromAuthorization(HttpFields headers) {
        return Optional.ofNullable(headers.get(HttpHeader.AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    private static Optional<String> fromSubprotocols(HttpFields headers) {
        return subprotocols(headers).stream()
                .filter(value -> value.startsWith(SUBPROTOCOL_TOKEN))
                .map(value -> value.substring(SUBPROTOCOL_TOKEN.length()))
                .findFirst();
    }

    private static List<String> subprotocols(HttpFields headers) {
        return headers.getValuesList(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    /** An empty parameter counts as absent. */
    private static Optional<String> parameter(String query, String name) {
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> decoded(pair.substring(name.length() + 1)))
                .filter(value -> !value.isEmpty())
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

    /** Without the token. */
    @Override
    public String toString() {
        return "Handshake[token %s, userId=%s]".formatted(token.isPresent() ? "given" : "absent", userId);
    }
}
