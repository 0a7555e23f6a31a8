package dev.tidings.websocket.stream;

import java.util.Set;
import java.util.SortedSet;

/**
 * A valid event that has not been appended to the log.
 *
 * @param source CloudEvent {@code source}; with {@code id} the identity of the event (docs/architecture.md#outbox)
 * @param id CloudEvent {@code id}
 * @param eventType such as {@code task.created}
 * @param messageType the {@code type} of the message on the socket, such as {@code task_update}
 * @param data the payload as JSON text, unchanged
 * @param streams the streams it is appended to; never empty
 * @param recipients the user ids in the event. If it is also in the stream of a role, connections of these users skip
 *     it there, so that each receives one message
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
