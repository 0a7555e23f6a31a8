package dev.tidings.websocket.access;

import dev.tidings.edge.RequestHead;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the token of a WebSocket upgrade that has none in its {@code Authorization} header: browsers can write it into the
 * subprotocols or the query only (R-WS-5). It serves to choose places at the edge; the socket verifies it again.
 */
final class UpgradeToken {
    private static final String PATH = "/ws";
    private static final String SUBPROTOCOL = "bearer.";
    private static final String PARAMETER = "token=";

    private UpgradeToken() {}

    static Optional<String> in(RequestHead head) {
        if (!head.path().equals(PATH)) {
            return Optional.empty();
        }
        String subprotocols = Objects.requireNonNullElse(head.header("Sec-WebSocket-Protocol"), "");
        return first(subprotocols.split(",", -1), SUBPROTOCOL)
                .or(() -> first(head.query().split("&", -1), PARAMETER).map(UpgradeToken::decoded));
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
            return text;
        }
    }
}
