package dev.tidings.sidecar;

import dev.tidings.sidecar.tracing.EventSpan;
import dev.tidings.sidecar.tracing.EventSpans;
import dev.tidings.sidecar.tracing.EventSpans.SpanRole;
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
import org.springframework.web.servlet.HandlerMapping;

/**
 * Gives each request a trace context: the caller's trace if the request has one, else a new one. Whether the request is recorded is
 * decided here, except for calls of other apps of Tidings, which have decided it.
 */
final class TraceContextFilter extends HttpFilter {
    private static final Pattern FORMAT =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})");
    private static final long serialVersionUID = 1L;

    private final Random random;
    private final transient SidecarCalls calls;
    private final transient EventSpans spans;

    TraceContextFilter(Random random, SidecarCalls calls, EventSpans spans) {
        this.random = random;
        this.calls = calls;
        this.spans = spans;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String ofApp = request.getHeader(TraceContext.OF_INVOCATION);
        boolean isOfApp = ofApp != null && SidecarCalls.isInvocation(request) && calls.hasToken(request);
        String header = isOfApp ? ofApp : request.getHeader(TraceContext.TRACEPARENT);
        Matcher caller = FORMAT.matcher(header == null ? "" : header);
        boolean known = caller.matches();
        String traceId = known ? caller.group(1) : hex(16);
        EventSpan span = EventSpan.NONE;
        if (isOfApp ? spans.records(header) : spans.samples(traceId)) {
            span = known
                    ? spans.start(request.getMethod(), SpanRole.SERVER, header.substring(0, header.length() - 2) + "01")
                    : spans.startTrace(request.getMethod(), SpanRole.SERVER);
        }
        String flags = known && (isOfApp || !spans.isOn()) ? caller.group(2) : "00";
        String traceparent = span.traceparentOr("00-%s-%s-%s".formatted(traceId, hex(8), flags));
        try (var _ = TraceContext.open(traceparent)) {
            chain.doFilter(request, response);
        } finally {
            end(span, request, response);
        }
    }

    /** The pattern of the path is known after the request, and names no ids. */
    private static void end(EventSpan span, HttpServletRequest request, HttpServletResponse response) {
        if (span.isRecorded()) {
            Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
            if (pattern != null) {
                span.rename(request.getMethod() + " " + pattern);
            }
            span.tag("http.request.method", request.getMethod())
                    .tag("http.response.status_code", Integer.toString(response.getStatus()))
                    .end();
        }
    }

    private String hex(int bytes) {
        byte[] id = new byte[bytes];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
