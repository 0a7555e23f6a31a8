package dev.tidings.backend.journeys;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The records of publishers, workers and the audit log about one event.
 *
 * @param outbox what keeps it in its outbox; empty if it is published
 */
record Trail(
        List<Publication> publications,
        List<Processing> processings,
        List<HandlerFailure> failures,
        Optional<AuditRecord> audit,
        Optional<OutboxFacts> outbox) {
    /**
     * A row of an outbox.
     *
     * @param app app id of the publisher
     * @param publishedAt null until it is published
     * @param attempts number of rejected attempts
     * @param payload JSON
     * @param traceId id of its trace; null if it was not recorded
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
            @Nullable String lastError,
            String payload,
            @Nullable String traceId) {}

    /**
     * What keeps an event in its outbox.
     *
     * @param relays number of relays of the publisher that are alive
     * @param failingKeys number of keys of the topic whose first event was refused
     * @param blocker the refused event of the same key before it; null if there is none
     */
    record OutboxFacts(
            int relays, int failingKeys, @Nullable Blocker blocker) {
        record Blocker(
                String eventId, int attempts, @Nullable String lastError) {}
    }

    /** A worker has processed the event. */
    record Processing(
            String worker,
            String publisher,
            String type,
            String topic,
            @Nullable String key,
            @Nullable String correlationId,
            Instant at) {}

    /**
     * A worker failed to process the event.
     *
     * @param deadLetter id of its dead letter; null if there is none
     * @param status of the dead letter: open, replayed or discarded
     */
    record HandlerFailure(
            String worker,
            Instant at,
            int attempts,
            String reason,
            @Nullable String deadLetter,
            @Nullable String status) {
        boolean isDiscarded() {
            return "discarded".equals(status);
        }

        boolean isDeadLetter() {
            return deadLetter != null && !isDiscarded();
        }
    }

    /**
     * The entry of the audit log.
     *
     * @param occurredAt time in the event
     * @param payload JSON
     */
    record AuditRecord(
            long number,
            String publisher,
            String type,
            String topic,
            @Nullable String user,
            Instant occurredAt,
            Instant recordedAt,
            String payload) {}

    /** Returns the id of the event's trace, if it was recorded. */
    Optional<String> traceId() {
        return publications.stream()
                .map(Publication::traceId)
                .filter(Objects::nonNull)
                .findFirst();
    }

    boolean isEmpty() {
        return publications.isEmpty() && processings.isEmpty() && failures.isEmpty() && audit.isEmpty();
    }

    /** Returns whether the worker has processed the event, perhaps after failures. */
    boolean isProcessedBy(String worker) {
        return processings.stream().anyMatch(processing -> processing.worker().equals(worker));
    }

    Optional<String> type() {
        return Stream.of(
                        publications.stream().map(Publication::type),
                        audit.stream().map(AuditRecord::type),
                        processings.stream().map(Processing::type))
                .flatMap(types -> types)
                .findFirst();
    }

    Optional<String> topic() {
        return Stream.of(
                        publications.stream().map(Publication::topic),
                        audit.stream().map(AuditRecord::topic),
                        processings.stream().map(Processing::topic))
                .flatMap(topics -> topics)
                .findFirst();
    }

    Optional<String> publisher() {
        return Stream.of(
                        publications.stream().map(Publication::app),
                        audit.stream().map(AuditRecord::publisher),
                        processings.stream().map(Processing::publisher))
                .flatMap(apps -> apps)
                .findFirst();
    }

    /** Returns the user whose events the event keeps its order with, as far as it is known. */
    Optional<String> user() {
        return Stream.of(
                        publications.stream().map(Publication::key),
                        processings.stream().map(Processing::key).filter(Objects::nonNull),
                        audit.stream().map(AuditRecord::user).filter(Objects::nonNull))
                .flatMap(users -> users)
                .findFirst();
    }

    Optional<String> payload() {
        return Stream.concat(
                        publications.stream().map(Publication::payload),
                        audit.stream().map(AuditRecord::payload))
                .findFirst();
    }

    /** Returns the publication that is not done. */
    Optional<Publication> unpublished() {
        return publications.stream()
                .filter(publication -> publication.publishedAt() == null)
                .findFirst();
    }

    /** Returns when the broker had it at the latest. */
    Optional<Instant> publishedAt() {
        return Stream.of(
                        publications.stream().map(Publication::publishedAt).filter(Objects::nonNull),
                        audit.stream().map(AuditRecord::recordedAt),
                        processings.stream().map(Processing::at))
                .flatMap(times -> times)
                .min(Instant::compareTo);
    }
}
