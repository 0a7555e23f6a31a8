package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.EventMessage;
import dev.tidings.websocket.stream.LoggedEvent;
import java.util.List;

/** An event and its message, encoded once for all connections. */
record NumberedMessage(LoggedEvent event, EventMessage message) {
    static NumberedMessage of(LoggedEvent event) {
        return new NumberedMessage(event, EventMessage.of(event));
    }

    static List<NumberedMessage> of(List<LoggedEvent> events) {
        return events.stream().map(NumberedMessage::of).toList();
    }
}
