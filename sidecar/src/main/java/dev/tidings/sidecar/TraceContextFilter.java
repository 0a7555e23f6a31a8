package dev.tidings.sidecar;

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

/** Gives each request a trace context: the caller's trace if the request has one, else a new one. */
final class TraceContextFilter extends HttpFilter {
    private static final Pattern FORMAT =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})");
    private static final long serialVersionUID = 1L;

    private final Random random;

    TraceContextFilter(Random random) {
        this.random = random;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String header = request.getHeader(TraceContext.TRACEPARENT);
        Matcher caller = FORMAT.matcher(header == null ? "" : header);
        boolean known = caller.matches();
        String traceparent =
                "00-%s-%s-%s".formatted(known ? caller.group(1) : hex(16), hex(8), known ? caller.group(2) : "00");
        try (var _ = TraceContext.open(traceparent)) {
            chain.doFilter(request, response);
        }
    }

    private String hex(int bytes) {
        byte[] id = new byte[bytes];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
