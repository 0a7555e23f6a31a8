package dev.tidings.websocket.stream;

import java.util.Set;
import java.util.SortedSet;

/**
 * A valid event on its way into the log.
 *
 * @param source CloudEvent {@code source}; with {@code id} the identity of the event everywhere (docs/architecture.md#the-way-of-an-event)
 * @param id CloudEvent {@code id}
 * @param eventType such as {@code task.created}
 * @param messageType the {@code type} of the message on the socket, such as {@code task_update}
 * @param data the payload as JSON text, as it came
 * @param streams where it is appended; never empty
 * @param recipients the user ids it names. A role's stream may carry an event that also lies in the streams of the
 *     users it names; a connection of such a user then passes over the role's copy (one event, one message)
 */
public record NewEvent(
        String source,
        String id,
        String eventType,
        String messageType,
        String data,
        SortedSet<StreamName> streams,
        Set<String> recipients) {
    public NewEvent {
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("event " + source + "/" + id + " has no stream");
        }
    }
}
