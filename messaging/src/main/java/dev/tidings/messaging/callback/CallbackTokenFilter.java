package dev.tidings.messaging.callback;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers 401 to whoever is not the sidecar. Map it to the callback paths.
 *
 * <p>A sidecar that is refused (a wrong token in the deployment) repeats the event, since 401 is an error to it: nothing is
 * lost by the misconfiguration.
 */
public final class CallbackTokenFilter extends HttpFilter {
    /** Set by the sidecar on every callback. */
    public static final String HEADER = "dapr-api-token";

    private static final Logger log = LoggerFactory.getLogger(CallbackTokenFilter.class);
    private static final long serialVersionUID = 1L;

    private final byte[] expected;

    /**
     * @param token what the sidecar was given as {@code APP_API_TOKEN}
     * @throws IllegalArgumentException if it is blank: a service that wants its callbacks open leaves the filter out
     */
    public CallbackTokenFilter(String token) {
        if (token.isBlank()) {
            throw new IllegalArgumentException(
                    "no callback token: set APP_API_TOKEN to the same random text for the app and its sidecar");
        }
        this.expected = token.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isExpected(request.getHeader(HEADER))) {
            chain.doFilter(request, response);
            return;
        }
        log.warn(
                "Refused a callback on {} from {}: its {} is {}; app and sidecar need the same APP_API_TOKEN",
                request.getRequestURI(),
                request.getRemoteAddr(),
                HEADER,
                request.getHeader(HEADER) == null ? "missing" : "another one");
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setContentType("application/problem+json");
        response.getOutputStream()
                .write(
                        "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"only this app's sidecar may call here\"}"
                                .getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the same time wherever the first difference is. */
    private boolean isExpected(@Nullable String presented) {
        return presented != null && MessageDigest.isEqual(expected, presented.getBytes(StandardCharsets.UTF_8));
    }
}
