package dev.tidings.websocket.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One open connection, for operators (R-OP-1).
 *
 * @param id random; unique in the cluster, and never used again
 * @param device the user agent of the client, at most {@value #MAX_DEVICE} characters; empty if it sent none
 * @param openedAt epoch ms
 * @param slow whether events wait in the log because the send queue is full
 * @param waiting messages that the socket has not accepted
 * @param streams how far the connection is in each of its streams
 */
public record ConnectionInfo(
        String id,
        String userId,
        String role,
        String device,
        long openedAt,
        boolean slow,
        int waiting,
        List<StreamPosition> streams) {
    public static final int MAX_DEVICE = 200;

    /** The order of lists of connections. */
    public ConnectionInfo {
        streams = List.copyOf(streams);
    }

    /**
     * @param stream name of the stream
     * @param sentUpTo the last number written to the socket or skipped
     * @param acknowledgedUpTo the last number that the client acknowledged; null before the first
     */
    public record StreamPosition(
            String stream, long sentUpTo, @Nullable Long acknowledgedUpTo) {}

    /**
     * Selects open connections, in the order of their ids.
     *
     * @param userId user of the connections; null for all users
     * @param after only connections with greater ids; empty for all
     * @param limit maximum number of connections
     */
    public record Query(@Nullable String userId, String after, int limit) {}
}
