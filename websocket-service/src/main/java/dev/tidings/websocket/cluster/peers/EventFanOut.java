package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.stream.LoggedEvent;
import java.util.List;

/** Tells every replica that holds connections for these events' streams, this one included. */
public interface EventFanOut {
    /**
     * Returns without waiting for any replica. Best effort: what does not arrive is found by the sweep. Events of one
     * stream are told in the order given.
     */
    void route(List<LoggedEvent> events);
}
