package dev.tidings.messaging.callback;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers by which an app recognises a call of another app (Dapr service invocation). The caller's sidecar adds them; a
 * callback of the own sidecar has none of them.
 */
public final class Invocation {
    /** The app id of the caller. */
    public static final String CALLER = "dapr-caller-app-id";

    private static final List<String> MARKS = List.of(CALLER, "dapr-caller-namespace", "dapr-callee-app-id");

    /** The sidecar adds these to an invocation too, and a proxy adds them to a request; a callback has none. */
    private static final List<String> FORWARDED = List.of("forwarded", "x-forwarded-for", "x-forwarded-host");

    private Invocation() {}

    /** Whether another app sent the request, or somebody pretends so. */
    static boolean isMarked(HttpServletRequest request) {
        return MARKS.stream().anyMatch(mark -> request.getHeader(mark) != null);
    }

    static boolean isForwarded(HttpServletRequest request) {
        return FORWARDED.stream().anyMatch(header -> request.getHeader(header) != null);
    }

    /**
     * The app id of the caller; null if there is none, or more than one: a caller may add a header of its own, but its sidecar
     * then adds the true one as well.
     */
    public static @Nullable String caller(HttpServletRequest request) {
        List<String> callers = Collections.list(request.getHeaders(CALLER));
        return callers.size() == 1 ? callers.getFirst() : null;
    }
}
