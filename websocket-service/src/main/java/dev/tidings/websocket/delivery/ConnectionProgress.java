package dev.tidings.websocket.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one connection in one stream. A connection is a cursor, so this states for every event of the stream
 * whether it was sent (R-EV-5).
 *
 * @param openedAt epoch ms
 * @param closedAt epoch ms; null while it is open
 * @param closedBy {@code client}, or the name of the {@link CloseReason}; null while it is open
 * @param startedAfter the number of the cursor of the client, or the tail without a cursor; only later numbers are sent
 * @param sentUpTo the last number written to the socket, or skipped because it is part of a gap
 * @param acknowledgedUpTo the last number that the client acknowledged; null before the first
 * @param waiting messages that the socket has not accepted, now or when it closed. If there are any, the last numbers up to
 *     {@code sentUpTo} may be among them
 * @param sent when the latest numbers were written to the socket; see {@link #timeOf}
 * @param acknowledged when the latest numbers were acknowledged; see {@link #timeOf}
 * @param heardAt when the last message of the client arrived, in epoch ms; null before the first. A browser answers pings without the
 *     page, so pongs do not count
 */
public record ConnectionProgress(
        String userId,
        String role,
        long openedAt,
        @Nullable Long closedAt,
        @Nullable String closedBy,
        long startedAfter,
        long sentUpTo,
        @Nullable Long acknowledgedUpTo,
        int waiting,
        List<Mark> sent,
        List<Mark> acknowledged,
        @Nullable Long heardAt) {
    /** A replica of an older version omits the marks. */
    @SuppressWarnings("RedundantNullCheck")
    public ConnectionProgress {
        sent = sent == null ? List.of() : List.copyOf(sent);
        acknowledged = acknowledged == null ? List.of() : List.copyOf(acknowledged);
    }

    /**
     * All numbers up to this one were reached at this time.
     *
     * @param at epoch ms
     */
    public record Mark(long number, long at) {}

    /**
     * Returns when a number was reached, from marks in ascending order. Returns null if it was reached at or before the
     * first mark, or not at all.
     */
    public static @Nullable Long timeOf(long number, List<Mark> marks) {
        if (marks.isEmpty() || number <= marks.getFirst().number()) {
            return null;
        }
        return marks.stream()
                .filter(mark -> mark.number() >= number)
                .map(Mark::at)
                .findFirst()
                .orElse(null);
    }
}
