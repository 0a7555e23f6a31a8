package dev.tidings.sidecar;

import dev.tidings.edge.logs.LogContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The W3C trace context of the calling thread. Log lines show its trace id, and events that the thread causes carry it on. */
public final class TraceContext {
    static final String TRACEPARENT = "traceparent";

    /** Carries the context of a call to another app: a sidecar replaces {@code traceparent} by a span that nobody records. */
    static final String OF_INVOCATION = "tidings-traceparent";

    private static final int ID_START = 3;
    private static final int ID_END = ID_START + 32;

    private TraceContext() {}

    /** Ends the trace context of a thread. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** Returns the {@code traceparent} of the calling thread; null if it has none. */
    public static @Nullable String current() {
        return MDC.get(TRACEPARENT);
    }

    /** Sets the trace context of the calling thread until the scope is closed. */
    public static Scope open(@Nullable String traceparent) {
        MDC.put(TRACEPARENT, traceparent);
        MDC.put(
                LogContext.TRACE,
                traceparent == null || traceparent.length() < ID_END ? null : traceparent.substring(ID_START, ID_END));
        return () -> {
            MDC.remove(TRACEPARENT);
            MDC.remove(LogContext.TRACE);
        };
    }

    /** Sets the trace context of the event, and its ids for log lines, until the scope is closed. */
    public static Scope open(ReceivedEvent event) {
        Scope trace = open(event.traceparent());
        MDC.put(LogContext.EVENT, event.id());
        MDC.put(LogContext.CORRELATION, event.correlationId());
        // The key of every topic of Tidings is the user whom the event concerns.
        MDC.put(LogContext.USER, event.key());
        return () -> {
            trace.close();
            MDC.remove(LogContext.EVENT);
            MDC.remove(LogContext.CORRELATION);
            MDC.remove(LogContext.USER);
        };
    }
}
