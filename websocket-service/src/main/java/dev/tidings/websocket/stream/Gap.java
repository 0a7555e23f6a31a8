package dev.tidings.websocket.stream;

import java.util.Map;

/**
 * A range of numbers that the log no longer contains (R-EV-3).
 *
 * @param from first missing number; 0 if the size is unknown, as for a cursor of another epoch
 * @param to last missing number; 0 if the size is unknown
 * @param types number of missing events per event type; empty if no longer known
 */
public record Gap(StreamName stream, long from, long to, Map<String, Long> types) {
    /** Returns a gap of unknown size. */
    public static Gap unknown(StreamName stream) {
        return new Gap(stream, 0, 0, Map.of());
    }

    public boolean isUnknown() {
        return from == 0;
    }

    /** Returns the number of missing events; 0 if unknown. */
    public long count() {
        return isUnknown() ? 0 : to - from + 1;
    }
}
