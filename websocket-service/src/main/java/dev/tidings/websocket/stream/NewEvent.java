package dev.tidings.websocket.stream;

import dev.tidings.edge.logs.LogFields;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

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
 * @param traceparent the W3C trace context of the event if it is recorded; null otherwise
 */
public record NewEvent(
        String source,
        String id,
        String eventType,
        String messageType,
        String data,
        SortedSet<StreamName> streams,
        Set<String> recipients,
        @Nullable String traceparent)
        implements LogFields {
    private static final String CORRELATION = "\"correlationId\":\"";

    public NewEvent {
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("event " + source + "/" + id + " has no stream");
        }
    }

    /** An event that is not recorded. */
    public NewEvent(
            String source,
            String id,
            String eventType,
            String messageType,
            String data,
            SortedSet<StreamName> streams,
            Set<String> recipients) {
        this(source, id, eventType, messageType, data, streams, recipients, null);
    }

    @Override
    public String loggedEventId() {
        return id;
    }

    @Override
    public @Nullable String loggedCorrelationId() {
        return correlationIdIn(data);
    }

    @Override
    public @Nullable String loggedUserId() {
        return recipients.size() == 1 ? recipients.iterator().next() : null;
    }

    @Override
    public @Nullable String loggedTraceparent() {
        return traceparent;
    }

    /** Finds the field in a payload, which ingest has written without white space. For log lines, so an escape is not decoded. */
    static @Nullable String correlationIdIn(String data) {
        int start = data.indexOf(CORRELATION);
        int end = start < 0 ? -1 : data.indexOf('"', start + CORRELATION.length());
        return end < 0 ? null : data.substring(start + CORRELATION.length(), end);
    }
}
