package dev.tidings.messaging.publishing;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The way to the bus. Safe for any thread. */
public interface EventPublisher {

    /**
     * Publishes events of one topic, in this order. Blocks until the bus has them or a timeout is over; never throws for
     * what sidecar or broker answer.
     */
    Outcome publish(String topic, List<OutgoingEvent> events);

    /** What became of one call. */
    sealed interface Outcome {

        /** The bus has all of them. */
        record Published() implements Outcome {}

        /** The bus has all but these. */
        record PartlyRefused(Map<UUID, String> reasonById) implements Outcome {}

        /** The call failed as a whole. Some events may be on the bus nevertheless; which ones is not known. */
        record Failed(String reason) implements Outcome {}

        /** Nobody took the call. None of the events is on the bus, and none of them is to blame. */
        record Unreachable(String reason) implements Outcome {}
    }
}
