package dev.tidings.websocket.stream;

import dev.tidings.edge.logs.LogFields;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event in one stream.
 *
 * @param number the number of the event in its stream, from 1
 * @param source CloudEvent {@code source}
 * @param id CloudEvent {@code id}
 * @param timestamp time of logging in epoch ms; never decreases within a stream
 * @param recipients see {@link NewEvent#recipients}
 * @param traceparent see {@link NewEvent#traceparent}; null if the event was read from the log, which does not keep it
 */
public record LoggedEvent(
        StreamName stream,
        long number,
        String source,
        String id,
        String eventType,
        String messageType,
        String data,
        long timestamp,
        Set<String> recipients,
        @Nullable String traceparent)
        implements LogFields {

    private static final int UUID_CHARS = 36;

    /** An event that is not recorded. */
    public LoggedEvent(
            StreamName stream,
            long number,
            String source,
            String id,
            String eventType,
            String messageType,
            String data,
            long timestamp,
            Set<String> recipients) {
        this(stream, number, source, id, eventType, messageType, data, timestamp, recipients, null);
    }

    /**
     * Returns when the publisher wrote the event, in epoch ms: the time in its id, if that is a UUIDv7 as those of the outbox are;
     * otherwise the time of logging. Never after the time of logging.
     */
    public long emittedAt() {
        if (id.length() != UUID_CHARS || id.charAt(14) != '7' || id.charAt(8) != '-') {
            return timestamp;
        }
        try {
            long written = HexFormat.fromHexDigitsToLong(id, 0, 8) << 16 | HexFormat.fromHexDigitsToLong(id, 9, 13);
            return Math.min(written, timestamp);
        } catch (NumberFormatException e) {
            return timestamp;
        }
    }

    @Override
    public String loggedEventId() {
        return id;
    }

    @Override
    public @Nullable String loggedCorrelationId() {
        return NewEvent.correlationIdIn(data);
    }

    @Override
    public @Nullable String loggedUserId() {
        return stream.isUser() ? stream.owner() : null;
    }

    @Override
    public @Nullable String loggedTraceparent() {
        return traceparent;
    }

    /** Returns whether a connection of that user skips this event, because the stream of the user contains it too. */
    public boolean repeatsForUser(String userId) {
        return !stream.isUser() && recipients.contains(userId);
    }
}
