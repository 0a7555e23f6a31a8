package dev.tidings.websocket.stream;

import java.util.Map;

/**
 * A part of a stream that can no longer be delivered (R-EV-3).
 *
 * @param from first number that is gone; 0 if the size is unknown, as with a cursor of another epoch
 * @param to last number that is gone; 0 if the size is unknown
 * @param types how many of each event type are gone, while that is known; else empty
 */
public record Gap(StreamName stream, long from, long to, Map<String, Long> types) {
    /** A gap of unknown size. */
    public static Gap unknown(StreamName stream) {
        return new Gap(stream, 0, 0, Map.of());
    }

    public boolean isUnknown() {
        return from == 0;
    }

    /** How many events are gone; 0 if unknown. */
    public long count() {
        return isUnknown() ? 0 : to - from + 1;
    }
}
