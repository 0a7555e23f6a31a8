package dev.tidings.websocket.ingest;

import org.jspecify.annotations.Nullable;

/**
 * An event that could not be delivered, with the reason.
 *
 * @param source CloudEvent {@code source}, if it could be read
 * @param eventId CloudEvent {@code id}, if it could be read
 * @param bytes as it came
 */
record RejectedEvent(
        String topic, @Nullable String source, @Nullable String eventId, Reason reason, String detail, byte[] bytes) {
    enum Reason {
        TOO_LARGE,
        TOO_DEEP,
        NOT_JSON,
        NOT_A_CLOUD_EVENT,
        /** The payload is no JSON object. */
        FOREIGN_SHAPE,
        SOURCE_NOT_ALLOWED,
        /** A NUL character, which PostgreSQL cannot hold. */
        NUL_CHARACTER,
        /** A number that PostgreSQL cannot hold. */
        NUMBER_OUT_OF_RANGE,
        INVALID_ID,
        NO_RECIPIENT,
        /** Reading or validating it failed because of a bug; the log has the cause. */
        UNREADABLE,
        REFUSED_BY_DATABASE
    }
}
