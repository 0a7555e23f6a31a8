package dev.tidings.sidecar;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Publishes events to the bus. Safe for any thread. Keeps nothing and repeats nothing. */
public interface EventPublisher {

    /** Opens the connection without waiting for it. The first call to a sidecar takes some 400 ms, which an event then need not wait. */
    default void connect() {}

    /**
     * Publishes events of one topic, in this order. Blocks until the broker has them or the timeout is over. An error of sidecar or
     * broker is a result, not an exception.
     */
    PublishResult publish(String topic, List<OutgoingEvent> events);

    /** The result of one call. */
    sealed interface PublishResult {

        /** The broker has all events. */
        record Published() implements PublishResult {}

        /** The broker has all events except these. */
        record PartlyRefused(Map<UUID, String> reasonById) implements PublishResult {}

        /** The call failed as a whole. Some events may have been published; it is not known which. */
        record PublishFailed(String reason) implements PublishResult {}

        /** The sidecar could not be reached. No event was published, and none is the cause. */
        record SidecarUnreachable(String reason) implements PublishResult {}
    }
}
