package dev.tidings.websocket.ingest;

import dev.tidings.websocket.stream.NewEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of {@link EventValidator}. */
sealed interface ValidationResult {
    /**
     * The event is appended to the log.
     *
     * @param published when the event was written, by its CloudEvent; null if that is unknown
     * @param bytes the record, for the quarantine if the database rejects the event
     */
    record Deliverable(NewEvent event, @Nullable Instant published, byte[] bytes) implements ValidationResult {}

    /** The event is valid, and its type is not pushed to clients. */
    record NotPushed(String eventType) implements ValidationResult {}

    /** The event can never be delivered; it is quarantined for operators. */
    record Undeliverable(RejectedEvent event) implements ValidationResult {}
}
