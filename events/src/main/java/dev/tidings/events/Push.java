package dev.tidings.events;

import org.jspecify.annotations.Nullable;

/**
 * Whether events of a type are pushed to clients. Every {@link EventType} declares it; the {@link Audience} of its topic says to whom.
 *
 * @param pushed whether clients receive the events
 * @param messageType {@code type} of the message on the socket; null for that of the topic's audience
 */
public record Push(boolean pushed, @Nullable String messageType) {

    /** The events stay on the bus. */
    public static final Push NONE = new Push(false, null);

    /** To the audience of the topic. */
    public static final Push TO_AUDIENCE = new Push(true, null);

    /** To the audience of the topic, in messages of this type. */
    static Push as(String messageType) {
        return new Push(true, messageType);
    }
}
