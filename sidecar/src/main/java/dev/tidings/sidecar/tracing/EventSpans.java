package dev.tidings.sidecar.tracing;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Starts the spans of events. Safe for any thread; never blocks. */
public final class EventSpans {
    /** Records nothing. */
    public static final EventSpans OFF = new EventSpans(null, _ -> false);

    /** {@code 00-<32 digits>-<16 digits>-<2 digits>} */
    private static final int LENGTH = 55;

    private static final int SPAN_START = 36;
    private static final int SPAN_END = 52;
    private static final int TRACE_START = 3;
    private static final int TRACE_END = 35;

    private final @Nullable Tracer tracer;
    private final Predicate<String> sampler;

    /** @param sampler decides by the trace id of a request */
    EventSpans(@Nullable Tracer tracer, Predicate<String> sampler) {
        this.tracer = tracer;
        this.sampler = sampler;
    }

    /** The role of a span between two services, as OpenTelemetry defines it. */
    public enum SpanRole {
        SERVER(Span.Kind.SERVER),
        CLIENT(Span.Kind.CLIENT),
        PRODUCER(Span.Kind.PRODUCER),
        CONSUMER(Span.Kind.CONSUMER);

        private final Span.Kind kind;

        SpanRole(Span.Kind kind) {
            this.kind = kind;
        }
    }

    public boolean isOn() {
        return tracer != null;
    }

    /** Returns whether spans below this W3C trace context are recorded. */
    public boolean records(@Nullable String traceparent) {
        return tracer != null && isSampled(traceparent);
    }

    /** Returns whether the context has the sampled flag, which its first service decided. */
    public static boolean isSampled(@Nullable String traceparent) {
        return traceparent != null
                && traceparent.length() == LENGTH
                && (Character.digit(traceparent.charAt(LENGTH - 1), 16) & 1) == 1;
    }

    /** Decides whether a request with this trace id is recorded. What the caller says does not count, since anybody may call. */
    public boolean samples(String traceId) {
        return tracer != null && sampler.test(traceId);
    }

    /** Starts a span below that context, which begins now. Returns {@link EventSpan#NONE} if the context is not recorded. */
    public EventSpan start(String name, SpanRole role, @Nullable String parent) {
        return start(name, role, parent, null);
    }

    /** @param since when the span began, such as the time of the commit; null for now */
    public EventSpan start(String name, SpanRole role, @Nullable String parent, @Nullable Instant since) {
        if (tracer == null || parent == null || !isSampled(parent)) {
            return EventSpan.NONE;
        }
        Span.Builder builder = tracer.spanBuilder().name(name).kind(role.kind).setParent(context(tracer, parent));
        if (since != null) {
            builder.startTimestamp(TimeUnit.MILLISECONDS.toMicros(since.toEpochMilli()), TimeUnit.MICROSECONDS);
        }
        return EventSpan.of(builder.start());
    }

    /** Starts the first span of a new trace. */
    public EventSpan startTrace(String name, SpanRole role) {
        return tracer == null
                ? EventSpan.NONE
                : EventSpan.of(tracer.spanBuilder()
                        .name(name)
                        .kind(role.kind)
                        .setNoParent()
                        .start());
    }

    /** Starts a span of a batch in a trace of its own, with a link to each of its recorded events. */
    public EventSpan batch(String name, List<? extends @Nullable String> traceparents) {
        if (tracer == null) {
            return EventSpan.NONE;
        }
        Span.Builder builder = null;
        for (String traceparent : traceparents) {
            if (traceparent != null && isSampled(traceparent)) {
                if (builder == null) {
                    builder = tracer.spanBuilder().name(name).setNoParent().kind(Span.Kind.CONSUMER);
                }
                builder.addLink(new Link(context(tracer, traceparent)));
            }
        }
        return builder == null ? EventSpan.NONE : EventSpan.of(builder.start());
    }

    private static TraceContext context(Tracer tracer, String traceparent) {
        return tracer.traceContextBuilder()
                .traceId(traceparent.substring(TRACE_START, TRACE_END))
                .spanId(traceparent.substring(SPAN_START, SPAN_END))
                .sampled(true)
                .build();
    }
}
