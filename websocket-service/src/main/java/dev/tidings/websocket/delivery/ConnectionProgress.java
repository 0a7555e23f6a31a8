package dev.tidings.websocket.delivery;

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
        int waiting) {}
