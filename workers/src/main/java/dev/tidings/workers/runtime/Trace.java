package dev.tidings.workers.runtime;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The trace that an event belongs to: it stands in the log lines and travels with the events that follow. */
final class Trace {
    static final String MDC_KEY = "traceparent";

    private static final int ID_START = 3;
    private static final int ID_END = ID_START + 32;

    private Trace() {}

    /** Of the event that the calling thread works on. */
    static @Nullable String current() {
        return MDC.get(MDC_KEY);
    }

    static @Nullable String idOf(@Nullable String traceparent) {
        return traceparent == null || traceparent.length() < ID_END ? null : traceparent.substring(ID_START, ID_END);
    }
}
