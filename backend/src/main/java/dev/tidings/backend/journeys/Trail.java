package dev.tidings.backend.journeys;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of publishers and workers about one event. */
record Trail(List<Publication> publications, List<Processing> processings, List<HandlerFailure> failures) {
    /**
     * A row of an outbox.
     *
     * @param app app id of the publisher
     * @param publishedAt null until it is published
     * @param attempts number of rejected attempts
     */
    record Publication(
            String app,
            String eventId,
            String topic,
            String key,
            String type,
            Instant committedAt,
            @Nullable Instant publishedAt,
            int attempts,
            @Nullable String lastError) {}

    /** A worker has processed the event. */
    record Processing(String worker, Instant at) {}

    /**
     * A worker failed to process the event.
     *
     * @param deadLetter id of the open dead letter; null if there is none
     */
    record HandlerFailure(
            String worker,
            Instant at,
            int attempts,
            String reason,
            @Nullable String deadLetter) {}

    boolean isEmpty() {
        return publications.isEmpty() && processings.isEmpty() && failures.isEmpty();
    }

    /** Returns whether the worker has processed the event, perhaps after failures. */
    boolean isProcessedBy(String worker) {
        return processings.stream().anyMatch(processing -> processing.worker().equals(worker));
    }
}
