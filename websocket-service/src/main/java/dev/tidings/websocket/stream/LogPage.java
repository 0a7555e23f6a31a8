package dev.tidings.websocket.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of one stream, read by one statement, so that its parts agree with each other.
 *
 * @param events in order of their numbers, without a hole inside
 * @param tail the stream's last number at the time of reading; 0 for a stream that never had an event
 * @param gap what lay between the number asked after and the first event of the page, or the tail, and is gone
 */
public record LogPage(
        StreamName stream,
        List<LoggedEvent> events,
        long tail,
        @Nullable Gap gap) {
    public LogPage {
        events = List.copyOf(events);
    }

    /** The number to read on from: of the last event, or the end of the gap, or the number asked after. */
    public long lastNumber(long after) {
        if (!events.isEmpty()) {
            return events.getLast().number();
        }
        if (gap == null) {
            return after;
        }
        return gap.isUnknown() ? tail : gap.to();
    }
}
