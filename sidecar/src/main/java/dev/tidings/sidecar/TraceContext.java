package dev.tidings.sidecar;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The W3C trace context of the calling thread. Log lines show its trace id, and events that the thread causes carry it on. */
public final class TraceContext {
    static final String TRACEPARENT = "traceparent";

    private static final String TRACE_ID = "traceId";
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
                TRACE_ID,
                traceparent == null || traceparent.length() < ID_END ? null : traceparent.substring(ID_START, ID_END));
        return () -> {
            MDC.remove(TRACEPARENT);
            MDC.remove(TRACE_ID);
        };
    }
}
