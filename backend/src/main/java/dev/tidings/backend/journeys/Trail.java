package dev.tidings.backend.journeys;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the producers and workers have written down about one event. */
record Trail(List<Publication> publications, List<Processing> processings, List<HandlerFailure> failures) {
    /**
     * A row of an outbox.
     *
     * @param app id of the service that it belongs to
     * @param publishedAt null while it waits
     * @param attempts how often it was tried alone and refused
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

    /** A worker has done what the event asks for. */
    record Processing(String worker, Instant at) {}

    /**
     * A worker could not.
     *
     * @param deadLetter id of the open dead letter; null if there is none (any more)
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

    /** Whether that worker has done it, perhaps at a later attempt. */
    boolean isProcessedBy(String worker) {
        return processings.stream().anyMatch(processing -> processing.worker().equals(worker));
    }
}
