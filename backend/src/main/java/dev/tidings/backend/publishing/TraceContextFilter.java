package dev.tidings.backend.publishing;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Gives each request a W3C trace context: the caller's trace where it sends one, a new one otherwise. It stands in the log
 * lines of the request and travels with the events it causes.
 */
final class TraceContextFilter extends HttpFilter {
    private static final Pattern TRACEPARENT =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})");
    private static final String TRACEPARENT_KEY = "traceparent";
    private static final String TRACE_ID_KEY = "traceId";
    private static final long serialVersionUID = 1L;

    private final Random random;

    TraceContextFilter(Random random) {
        this.random = random;
    }

    /** The trace context of the request that the calling thread works on. */
    static @Nullable String current() {
        return MDC.get(TRACEPARENT_KEY);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String header = request.getHeader(TRACEPARENT_KEY);
        Matcher caller = TRACEPARENT.matcher(header == null ? "" : header);
        boolean known = caller.matches();
        String traceId = known ? caller.group(1) : hex(16);
        try (var _ = MDC.putCloseable(TRACE_ID_KEY, traceId);
                var _ = MDC.putCloseable(
                        TRACEPARENT_KEY, "00-%s-%s-%s".formatted(traceId, hex(8), known ? caller.group(2) : "00"))) {
            chain.doFilter(request, response);
        }
    }

    private String hex(int bytes) {
        byte[] id = new byte[bytes];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
