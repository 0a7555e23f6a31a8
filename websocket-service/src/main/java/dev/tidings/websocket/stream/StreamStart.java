package dev.tidings.websocket.stream;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The resume rule of one stream. The socket, polling and the log apply the same rule:
 *
 * <ul>
 *   <li>A stream that the cursor does not name starts at its tail.
 *   <li>A number of this epoch, up to the tail, starts after that number.
 *   <li>A number of another epoch or above the tail belongs to another history. The client gets a gap of unknown size
 *       and starts at the tail.
 * </ul>
 *
 * @param after the number before the first event to send
 * @param isForeign whether the number of the cursor belongs to another history
 */
public record StreamStart(long after, boolean isForeign) {
    /**
     * Applies the rule.
     *
     * @param cursor the cursor of the client; null if it has none
     * @param epoch the epoch of the log
     * @param tail the last number of the stream
     */
    public static StreamStart of(@Nullable Cursor cursor, StreamName stream, long epoch, long tail) {
        OptionalLong number = cursor == null ? OptionalLong.empty() : cursor.numberOf(stream);
        if (cursor == null || number.isEmpty()) {
            return new StreamStart(tail, false);
        }
        boolean isForeign = cursor.epoch() != epoch || isForeign(number.getAsLong(), tail);
        return new StreamStart(isForeign ? tail : number.getAsLong(), isForeign);
    }

    /** Returns whether a number cannot come from a stream with this tail. */
    public static boolean isForeign(long number, long tail) {
        return number > tail;
    }
}
