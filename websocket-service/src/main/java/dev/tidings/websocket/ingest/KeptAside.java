package dev.tidings.websocket.ingest;

import java.util.List;

/** Where events go that cannot be delivered. */
interface KeptAside {
    /** Committed on return. Delivered again, an event is kept aside again. */
    void keep(List<RejectedEvent> events);
}
