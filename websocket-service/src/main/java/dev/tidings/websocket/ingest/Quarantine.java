package dev.tidings.websocket.ingest;

import java.util.List;

/** Stores events that were rejected. */
interface Quarantine {
    /** Stores the events; they are committed on return. An event that is delivered again is stored again. */
    void add(List<RejectedEvent> events);
}
