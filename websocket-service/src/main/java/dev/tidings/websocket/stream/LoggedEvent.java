package dev.tidings.websocket.stream;

import java.util.Set;

/**
 * One event in one stream.
 *
 * @param number the event's place in its stream, from 1, without a gap
 * @param source CloudEvent {@code source}
 * @param id CloudEvent {@code id}
 * @param timestamp when it was logged, epoch ms; never earlier than that of a lower number of the stream
 * @param recipients see {@link NewEvent#recipients}
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
        Set<String> recipients) {

    /** Whether a connection of that user passes over this copy, since the user's own stream carries the event too. */
    public boolean repeatsForUser(String userId) {
        return !stream.isUser() && recipients.contains(userId);
    }
}
