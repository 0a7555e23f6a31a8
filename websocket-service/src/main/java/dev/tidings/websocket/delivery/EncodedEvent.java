package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.EventMessage;
import dev.tidings.websocket.stream.LoggedEvent;
import java.util.List;

/** An event and its message, which is encoded once for all connections. */
record EncodedEvent(LoggedEvent event, EventMessage message) {
    static EncodedEvent of(LoggedEvent event) {
        return new EncodedEvent(event, EventMessage.of(event));
    }

    static List<EncodedEvent> of(List<LoggedEvent> events) {
        return events.stream().map(EncodedEvent::of).toList();
    }
}
