package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The connections of this replica, as the rest of the service sees them. Any thread may call any method. */
public interface LocalConnections {
    /** Maximum number of connections in a progress report. All connections of a replica may follow the same role. */
    int MAX_PROGRESS = 100;

    /**
     * Pushes events to every connection that follows their streams. Returns at once. Duplicates, missing events and wrong
     * order are harmless, because each connection compares numbers (docs/architecture.md#the-one-idea).
     */
    void push(List<LoggedEvent> events);

    /** Requests a sweep, because pushes may have been dropped. */
    void sweepNow();

    /** Returns the number of connections per user. */
    Map<String, Integer> countByUser();

    /**
     * Returns the progress of the connections that follow the stream: open ones first, then recently closed ones, at most
     * {@link #MAX_PROGRESS} in all.
     */
    List<ConnectionProgress> progress(StreamName stream);

    /** Returns open connections. Reads all connections of this replica unless the query names a user. */
    List<ConnectionInfo> list(ConnectionInfo.Query query);

    /**
     * Closes a connection for an operator. The client is asked to reconnect.
     *
     * @return false if no open connection of this replica has the id
     */
    boolean close(String id);

    /** Returns the streams that have connections here. The registry must contain this replica for each of them. */
    Set<StreamName> openStreams();
}
