package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The connections that this replica holds, as the rest of the service sees them. Any thread may call any method. */
public interface LocalConnections {
    /** A role's stream may have as many connections as the replica. */
    int MAX_PROGRESS = 100;

    /**
     * The fast path: hands events to every connection here that follows their streams. Returns at once; duplicates,
     * holes and wrong order are harmless, since each connection compares numbers (docs/architecture.md#the-one-idea).
     */
    void push(List<LoggedEvent> events);

    /** Compares every connection with the tails of its streams soon, since pushes may have been dropped. */
    void sweepNow();

    /** How many connections each user holds here. */
    Map<String, Integer> countByUser();

    /**
     * How far the connections here that follow the stream are, the open ones first, then those that closed lately; at most
     * {@link #MAX_PROGRESS}.
     */
    List<ConnectionProgress> progress(StreamName stream);

    /** The streams that connections here follow; what the registry must name this replica for. */
    Set<StreamName> openStreams();
}
