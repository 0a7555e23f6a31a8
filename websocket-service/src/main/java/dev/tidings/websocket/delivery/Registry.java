package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.StreamName;

/**
 * Where the connection hub reports which streams have connections on this replica, so that other replicas send their
 * events here. Implemented by the cluster's registry.
 */
public interface Registry {
    /**
     * A connection for the stream is about to open here. Returns once other replicas can see it, or at once if they
     * can already; blocks on the state store for at most its timeout. If the store is silent it returns too: the
     * sweep then delivers what pushes miss, and the registration is repeated in the background.
     */
    void opened(StreamName stream);

    /** The last connection of the stream on this replica has gone. Returns at once. */
    void closed(StreamName stream);
}
