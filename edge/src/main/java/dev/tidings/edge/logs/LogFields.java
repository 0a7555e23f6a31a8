package dev.tidings.edge.logs;

import org.jspecify.annotations.Nullable;

/**
 * Ids for the fields of a JSON log line. An object with this type, behind the arguments of a message, adds them to the line; a text line
 * ignores it, and nothing is computed then.
 */
public interface LogFields {
    /** Returns the field {@code event.id}: the id of a CloudEvent. */
    default @Nullable String loggedEventId() {
        return null;
    }

    /** Returns the field {@code labels.correlation_id}: the payment, order or task with which a flow began. */
    default @Nullable String loggedCorrelationId() {
        return null;
    }

    /** Returns the field {@code user.id}. */
    default @Nullable String loggedUserId() {
        return null;
    }

    /** Returns the W3C trace context, whose trace id becomes the field {@code trace.id}. */
    default @Nullable String loggedTraceparent() {
        return null;
    }

    /** Returns the fields of a line that is about no event. */
    static LogFields of(@Nullable String correlationId, @Nullable String userId) {
        return new OfFlow(correlationId, userId);
    }

    /** The fields of a flow. */
    record OfFlow(
            @Nullable String loggedCorrelationId, @Nullable String loggedUserId) implements LogFields {}
}
