package dev.tidings.websocket.access;

import dev.tidings.edge.RequestHead;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Finds the token of a request wherever a client may put it; in the subprotocol and in the query only of an upgrade. */
final class HeadToken {
    private static final String UPGRADES = "/ws";
    private static final String SUBPROTOCOL_TOKEN = "bearer.";
    private static final String PARAMETER = "token=";

    private HeadToken() {}

    static @Nullable String of(RequestHead head) {
        String bearer = CallerResolver.bearerToken(head.header(HttpHeaders.AUTHORIZATION));
        if (bearer != null || !head.path().equals(UPGRADES)) {
            return bearer;
        }
        String subprotocols = head.header("Sec-WebSocket-Protocol");
        if (subprotocols != null) {
            for (String subprotocol : subprotocols.split(",", -1)) {
                if (subprotocol.strip().startsWith(SUBPROTOCOL_TOKEN)) {
                    return subprotocol.strip().substring(SUBPROTOCOL_TOKEN.length());
                }
            }
        }
        return Arrays.stream(head.query().split("&", -1))
                .filter(pair -> pair.startsWith(PARAMETER) && pair.length() > PARAMETER.length())
                .map(pair -> URLDecoder.decode(pair.substring(PARAMETER.length()), StandardCharsets.UTF_8))
                .findFirst()
                .orElse(null);
    }
}
