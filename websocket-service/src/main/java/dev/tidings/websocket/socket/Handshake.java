package dev.tidings.websocket.socket;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * What a client handed in with its upgrade request. A token in the header wins over the subprotocol, and both over the
 * query, where tokens end up in foreign logs.
 *
 * @param userId whom the client says it is; the token decides
 */
record Handshake(Optional<String> token, Optional<String> userId, Optional<String> cursor) {
    /** The subprotocol that the service speaks; a token travels beside it as {@code bearer.<token>}. */
    static final String SUBPROTOCOL = "tidings.v1";

    private static final String SUBPROTOCOL_TOKEN = "bearer.";
    private static final String SUBPROTOCOL_HEADER = "Sec-WebSocket-Protocol";
    private static final String BEARER = "Bearer ";

    static Handshake of(URI uri, HttpHeaders headers) {
        String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        Optional<String> token =
                fromAuthorization(headers).or(() -> fromSubprotocols(headers)).or(() -> parameter(query, "token"));
        return new Handshake(token, parameter(query, "user_id"), parameter(query, "cursor"));
    }

    private static Optional<String> fromAuthorization(HttpHeaders headers) {
        return Optional.ofNullable(headers.getFirst(HttpHeaders.AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    private static Optional<String> fromSubprotocols(HttpHeaders headers) {
        return headers.getOrDefault(SUBPROTOCOL_HEADER, List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(value -> value.startsWith(SUBPROTOCOL_TOKEN))
                .map(value -> value.substring(SUBPROTOCOL_TOKEN.length()))
                .findFirst();
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
            // A broken escape is taken as it stands: as a token or a user id it is then refused.
            return text;
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Handshake[token %s, userId=%s]".formatted(token.isPresent() ? "given" : "absent", userId);
    }
}
