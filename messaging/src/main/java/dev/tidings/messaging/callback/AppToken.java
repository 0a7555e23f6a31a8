package dev.tidings.messaging.callback;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The token that the own sidecar shows with every request to its app ({@code APP_API_TOKEN}). */
public final class AppToken {
    /** Set by the sidecar; a value that a caller sends along is overwritten. */
    public static final String HEADER = "dapr-api-token";

    private final byte[] expected;

    /** @param token if it is blank, no request shows it */
    public AppToken(String token) {
        this.expected = token.strip().getBytes(StandardCharsets.UTF_8);
    }

    /** Takes the same time wherever the first difference is. */
    public boolean isShownBy(HttpServletRequest request) {
        String presented = request.getHeader(HEADER);
        return expected.length > 0
                && presented != null
                && MessageDigest.isEqual(expected, presented.getBytes(StandardCharsets.UTF_8));
    }
}
