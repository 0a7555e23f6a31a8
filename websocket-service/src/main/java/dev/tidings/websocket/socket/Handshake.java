package dev.tidings.websocket.socket;

import dev.tidings.websocket.access.RequestToken;
import dev.tidings.websocket.delivery.ConnectionInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * The credentials, the cursor and the user agent of an upgrade request.
 *
 * @param userId the user that the client claims to be; the token decides
 * @param device user agent without control characters, shortened; empty if there is none
 */
record Handshake(Optional<String> token, Optional<String> userId, Optional<String> cursor, String device) {
    /** The subprotocol of the service. A token is offered beside it as {@code bearer.<token>}. */
    static final String SUBPROTOCOL = "tidings.v1";

    static final Handshake EMPTY = new Handshake(Optional.empty(), Optional.empty(), Optional.empty(), "");

    /** @param query the undecoded query of the request; empty if there is none */
    static Handshake of(String query, HttpFields headers) {
        Optional<String> token = RequestToken.ofUpgrade(
                headers.get(HttpHeader.AUTHORIZATION), String.join(",", subprotocols(headers)), query);
        return new Handshake(
                token,
                RequestToken.parameter(query, "user_id"),
                RequestToken.parameter(query, "cursor"),
                device(headers.get(HttpHeader.USER_AGENT)));
    }

    private static String device(@Nullable String userAgent) {
        if (userAgent == null) {
            return "";
        }
        String device = userAgent.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").strip();
        return device.substring(0, Math.min(ConnectionInfo.MAX_DEVICE, device.length()));
    }

    /** Returns whether the client offers the subprotocol of the service. */
    static boolean offersSubprotocol(HttpFields headers) {
        return subprotocols(headers).contains(SUBPROTOCOL);
    }

    private static List<String> subprotocols(HttpFields headers) {
        return headers.getValuesList(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Handshake[token %s, userId=%s]".formatted(token.isPresent() ? "given" : "absent", userId);
    }
}
