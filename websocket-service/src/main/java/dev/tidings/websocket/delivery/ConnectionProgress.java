package dev.tidings.websocket.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one connection is in one stream. Since a connection is a cursor, this answers for every event of the stream
 * whether it was sent (R-EV-5).
 *
 * @param openedAt epoch ms
 * @param closedAt epoch ms; null while it is open
 * @param closedBy {@code client}, or the name of the {@link CloseReason}; null while it is open
 * @param startedAfter the number it came with, or the tail when it connected without one: only later ones are sent
 * @param sentUpTo the last number handed to the socket, or passed over because it is gone
 * @param acknowledgedUpTo the last number that the client acknowledged; null before the first
 * @param waiting messages that the socket has not taken yet, or had not when it closed; while there are any, the last ones up to
 *     {@code sentUpTo} may be among them
 * @param sent when the latest numbers were handed to the socket; see {@link #timeOf}
 * @param acknowledged when the latest numbers were acknowledged; see {@link #timeOf}
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
        List<Mark> acknowledged) {
    /** A replica of an older version leaves the marks out. */
    @SuppressWarnings("RedundantNullCheck")
    public ConnectionProgress {
        sent = sent == null ? List.of() : List.copyOf(sent);
        acknowledged = acknowledged == null ? List.of() : List.copyOf(acknowledged);
    }

    /**
     * Everything up to the number was done by then.
     *
     * @param at epoch ms
     */
    public record Mark(long number, long at) {}

    /**
     * When a number was reached, by marks in rising order; null if that was before the first of them, which only bounds the others,
     * or has not happened.
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
