package dev.tidings.edge.logs;

import java.util.Set;

/** Keys of the logging context (MDC) of a thread, whose values are fields of JSON lines. */
public final class LogContext {
    public static final String TRACE = "traceId";
    public static final String EVENT = "eventId";
    public static final String CORRELATION = "correlationId";
    public static final String USER = "userId";

    /** Written under the names of ECS instead, or not at all. */
    static final Set<String> KEYS = Set.of(TRACE, EVENT, CORRELATION, USER, "traceparent");

    private LogContext() {}
}
