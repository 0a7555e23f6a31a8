package dev.tidings.websocket.access;

import dev.tidings.edge.RequestHead;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * Finds the token of a request. Browsers cannot set the {@code Authorization} header of a WebSocket upgrade, so the token of
 * an upgrade may also be in the subprotocols or the query (R-WS-5).
 */
final class HeadToken {
    private static final String UPGRADE_PATH = "/ws";
    private static final String SUBPROTOCOL = "bearer.";
    private static final String PARAMETER = "token=";

    private HeadToken() {}

    static Optional<String> of(RequestHead head) {
        Optional<String> bearer =
                Optional.ofNullable(CallerResolver.bearerToken(head.header(HttpHeaders.AUTHORIZATION)));
        if (bearer.isPresent() || !head.path().equals(UPGRADE_PATH)) {
            return bearer;
        }
        String subprotocols = Objects.requireNonNullElse(head.header("Sec-WebSocket-Protocol"), "");
        return first(subprotocols.split(",", -1), SUBPROTOCOL)
                .or(() -> first(head.query().split("&", -1), PARAMETER).map(HeadToken::decoded));
    }

    private static Optional<String> first(String[] parts, String prefix) {
        return Stream.of(parts)
                .map(String::strip)
                .filter(part -> part.startsWith(prefix) && part.length() > prefix.length())
                .map(part -> part.substring(prefix.length()))
                .findFirst();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
