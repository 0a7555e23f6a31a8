package dev.tidings.backend.deadletters;

import dev.tidings.events.Timestamps;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replay or discard of all open dead letters of a filter that arrived before it.
 *
 * @param status running, done or stopped
 * @param matching open letters of the filter when the job was requested, counted up to {@value #MAX_COUNTED} + 1
 * @param lastId the last letter that was handled
 * @param succeeded letters that were replayed or discarded
 * @param failed letters that failed again
 * @param waitsFor why the job waits at present
 */
record DeadLetterJob(
        UUID id,
        Action action,
        DeadLetterFilter filter,
        String requestedBy,
        Instant requestedAt,
        String status,
        int matching,
        @Nullable UUID lastId,
        int succeeded,
        int failed,
        @Nullable String waitsFor,
        @Nullable Instant endedAt) {
    static final int MAX_COUNTED = 100_000;

    enum Action {
        REPLAY,
        DISCARD
    }

    /** The JSON of a job. {@code matching} is null if there were more than {@value #MAX_COUNTED} letters. */
    record JobView(
            String id,
            String action,
            FilterView filter,
            String requestedBy,
            String requestedAt,
            String status,
            @Nullable Integer matching,
            int succeeded,
            int failed,
            @Nullable String waitsFor,
            @Nullable String endedAt) {}

    record FilterView(
            @Nullable String consumer,
            @Nullable String topic,
            @Nullable String eventType) {}

    JobView view() {
        return new JobView(
                id.toString(),
                actionName(),
                new FilterView(filter.consumer(), filter.topic(), filter.eventType()),
                requestedBy,
                Timestamps.format(requestedAt),
                status,
                matching > MAX_COUNTED ? null : matching,
                succeeded,
                failed,
                waitsFor,
                endedAt == null ? null : Timestamps.format(endedAt));
    }

    String actionName() {
        return action == Action.REPLAY ? "replay" : "discard";
    }
}
