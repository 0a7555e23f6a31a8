package dev.tidings.websocket.stream;

import java.util.Set;

/**
 * One event in one stream.
 *
 * @param number the number of the event in its stream, from 1
 * @param source CloudEvent {@code source}
 * @param id CloudEvent {@code id}
 * @param timestamp time of logging in epoch ms; never decreases within a stream
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

    /** Returns whether a connection of that user skips this event, because the stream of the user contains it too. */
    public boolean repeatsForUser(String userId) {
        return !stream.isUser() && recipients.contains(userId);
    }
}
