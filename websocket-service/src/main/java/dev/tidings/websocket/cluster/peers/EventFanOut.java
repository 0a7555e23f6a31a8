package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.stream.LoggedEvent;
import java.util.List;

/** Sends events to every replica that holds connections for their streams, including this one. */
public interface EventFanOut {
    /**
     * Returns without waiting for any replica. The fan-out is best effort: the sweep finds events that do not arrive. The
     * events of one stream are sent in the given order.
     */
    void route(List<LoggedEvent> events);
}
