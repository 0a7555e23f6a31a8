package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.StreamName;

/**
 * The registry as the connection hub sees it: which streams have connections on this replica. Other replicas read it to
 * route events.
 */
public interface Registry {
    /**
     * Registers a stream before a connection for it opens. Returns when other replicas can see the registration, or after
     * the timeout of the state store. In the latter case the registration is retried in the background and the sweep
     * delivers what pushes miss.
     */
    void opened(StreamName stream);

    /** Reports that the last connection of the stream on this replica has closed. Returns at once. */
    void closed(StreamName stream);
}
