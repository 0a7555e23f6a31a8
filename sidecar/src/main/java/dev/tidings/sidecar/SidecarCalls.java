package dev.tidings.sidecar;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes requests of the service's own sidecar, and calls of other apps that it forwards (Dapr service invocation). The
 * caller's sidecar adds headers to an invocation; a callback of the own sidecar has none of them. Safe for any thread.
 */
public final class SidecarCalls {
    /** The sidecar sets it; a value that a caller sends along is overwritten. */
    static final String TOKEN = "dapr-api-token";

    /** The app id of the caller. */
    static final String CALLER = "dapr-caller-app-id";

    private static final List<String> MARKS = List.of(CALLER, "dapr-caller-namespace", "dapr-callee-app-id");

    /** The sidecar adds these to an invocation too, and a proxy adds them to a request; a callback has none. */
    private static final List<String> FORWARDED = List.of("forwarded", "x-forwarded-for", "x-forwarded-host");

    private final byte[] expected;

    /** @param appToken the token that the sidecar was given as {@code APP_API_TOKEN}; if it is blank, no request has it */
    public SidecarCalls(String appToken) {
        this.expected = appToken.strip().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the own sidecar sent or forwarded the request. The comparison of tokens takes constant time. */
    boolean hasToken(HttpServletRequest request) {
        String presented = request.getHeader(TOKEN);
        return expected.length > 0
                && presented != null
                && MessageDigest.isEqual(expected, presented.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the own sidecar forwarded the request for that app. */
    public boolean isFrom(String appId, HttpServletRequest request) {
        return hasToken(request) && appId.equals(caller(request));
    }

    /** Whether another app sent the request, or somebody pretends so. */
    static boolean isInvocation(HttpServletRequest request) {
        return MARKS.stream().anyMatch(mark -> request.getHeader(mark) != null);
    }

    static boolean isForwarded(HttpServletRequest request) {
        return FORWARDED.stream().anyMatch(header -> request.getHeader(header) != null);
    }

    /**
     * Returns the app id of the caller; null if there is none, or more than one: a caller may add a header of its own, but its
     * sidecar then adds the true one as well.
     */
    static @Nullable String caller(HttpServletRequest request) {
        List<String> callers = Collections.list(request.getHeaders(CALLER));
        return callers.size() == 1 ? callers.getFirst() : null;
    }
}
