package dev.tidings.sidecar.tracing;

import io.micrometer.tracing.Span;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A span of {@link EventSpans} that has started. Safe for any thread. A span that is never ended is not exported. */
public final class EventSpan {
    /** Is not recorded. */
    public static final EventSpan NONE = new EventSpan(null, null);

    private final @Nullable Span span;
    private final @Nullable String traceparent;

    private EventSpan(@Nullable Span span, @Nullable String traceparent) {
        this.span = span;
        this.traceparent = traceparent;
    }

    static EventSpan of(Span span) {
        return new EventSpan(
                span,
                "00-%s-%s-01".formatted(span.context().traceId(), span.context().spanId()));
    }

    public boolean isRecorded() {
        return span != null;
    }

    /** Returns the W3C trace context for what this span causes. */
    public @Nullable String traceparentOr(@Nullable String unrecorded) {
        return traceparent == null ? unrecorded : traceparent;
    }

    /** @param value never a secret; the ids of users and events are no secrets */
    public EventSpan tag(String name, @Nullable String value) {
        if (span != null && value != null) {
            span.tag(name, value);
        }
        return this;
    }

    public void rename(String name) {
        if (span != null) {
            span.name(name);
        }
    }

    public void end() {
        if (span != null) {
            span.end();
        }
    }

    public void end(Instant at) {
        if (span != null) {
            span.end(TimeUnit.MILLISECONDS.toMicros(at.toEpochMilli()), TimeUnit.MICROSECONDS);
        }
    }

    /** Ends the span as failed. */
    public void fail(String reason) {
        if (span != null) {
            span.tag("error", reason);
            span.error(new SpanFailure(reason));
            span.end();
        }
    }

    /** Carries a reason to the span; it has no stack trace. */
    private static final class SpanFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SpanFailure(String reason) {
            super(reason, null, false, false);
        }
    }
}
