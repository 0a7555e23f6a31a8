package dev.tidings.websocket.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a stream. One statement reads it, so its parts are consistent with each other.
 *
 * @param events in the order of their numbers, without a missing number between two events
 * @param tail the last number of the stream at the time of the read; 0 for a stream without events
 * @param gap the numbers between the start of the read and the first event that the log no longer contains; null if
 *     nothing is missing
 */
public record LogPage(
        StreamName stream,
        List<LoggedEvent> events,
        long tail,
        @Nullable Gap gap) {
    public LogPage {
        events = List.copyOf(events);
    }

    /** Returns the number before the first event of the page: the end of the gap, or the number that the read started after. */
    public long afterGap(long after) {
        if (gap == null) {
            return after;
        }
        return gap.isUnknown() ? tail : gap.to();
    }
}
