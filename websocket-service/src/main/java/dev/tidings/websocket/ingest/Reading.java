package dev.tidings.websocket.ingest;

import dev.tidings.websocket.stream.NewEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What {@link EventReader} made of an event from the bus. */
sealed interface Reading {
    /**
     * For the log.
     *
     * @param published CloudEvent {@code time}: when it was committed where it comes from; null if it has none
     * @param bytes as it came, should the database refuse it
     */
    record Deliverable(NewEvent event, @Nullable Instant published, byte[] bytes) implements Reading {}

    /** Valid, but of a type that clients do not get. */
    record NotPushed(String eventType) implements Reading {}

    /** Cannot be delivered, now or later; kept aside for operators. */
    record Rejected(RejectedEvent event) implements Reading {}
}
