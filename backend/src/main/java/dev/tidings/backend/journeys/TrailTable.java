package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.Trail.AuditRecord;
import dev.tidings.backend.journeys.Trail.HandlerFailure;
import dev.tidings.backend.journeys.Trail.Processing;
import dev.tidings.backend.journeys.Trail.Publication;
import dev.tidings.backend.requests.PathId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads trails. Safe for any thread. */
@Repository
class TrailTable {
    private final JdbcClient jdbc;
    private final OutboxTable outboxes;

    TrailTable(JdbcClient jdbc, OutboxTable outboxes) {
        this.jdbc = jdbc;
        this.outboxes = outboxes;
    }

    Trail of(String eventId) {
        List<Publication> publications = PathId.of(eventId).map(outboxes::of).orElse(List.of());
        return new Trail(
                publications,
                processings(eventId),
                failures(eventId),
                audit(eventId),
                publications.stream()
                        .filter(publication -> publication.publishedAt() == null)
                        .findFirst()
                        .map(outboxes::facts));
    }

    /** Returns the time in the newest event of the topic that the worker processed within the last ten minutes. */
    Optional<Instant> newestProcessed(String worker, String topic) {
        return jdbc.sql("""
                        SELECT max(event_time) AS newest FROM processed_events
                        WHERE source = :worker AND topic = :topic AND processed_at > now() - interval '10 minutes'
                        """)
                .param("worker", worker)
                .param("topic", topic)
                .query((row, n) -> Optional.ofNullable(OutboxTable.time(row, "newest")))
                .single();
    }

    /** Returns a sentence about the oldest statement of the backend or a worker that has run for more than a second. */
    Optional<String> slowStatement() {
        return jdbc.sql("""
                        SELECT application_name, wait_event_type,
                               extract(epoch FROM clock_timestamp() - query_start) AS seconds
                        FROM pg_stat_activity
                        WHERE usename = current_user AND datname = current_database() AND state = 'active'
                          AND pid <> pg_backend_pid() AND query_start < clock_timestamp() - interval '1 second'
                        ORDER BY query_start
                        LIMIT 1
                        """)
                .query((row, n) -> slowStatement(
                        row.getString("application_name"), row.getLong("seconds"), row.getString("wait_event_type")))
                .optional();
    }

    static String slowStatement(String application, long seconds, @Nullable String waitsFor) {
        return "The database has not finished a statement of %s for %d s%s."
                .formatted(application, seconds, waitsFor == null ? "" : ", which waits for " + waitsFor);
    }

    private List<Processing> processings(String eventId) {
        return jdbc.sql("""
                        SELECT source, event_source, event_type, topic, event_key, correlation_id, processed_at
                        FROM processed_events WHERE event_id = :id ORDER BY processed_at
                        """)
                .param("id", eventId)
                .query((row, n) -> new Processing(
                        row.getString("source"),
                        row.getString("event_source"),
                        row.getString("event_type"),
                        row.getString("topic"),
                        row.getString("event_key"),
                        row.getString("correlation_id"),
                        time(row, "processed_at")))
                .list();
    }

    /** A dead letter may have no failure beside it: a sidecar that never reached its worker gave up. */
    private List<HandlerFailure> failures(String eventId) {
        return jdbc.sql("""
                        WITH failure AS (SELECT * FROM event_failure WHERE event_id = :id),
                             letter AS (SELECT * FROM dead_letter WHERE event_id = :id)
                        SELECT coalesce(failure.source, letter.consumer, 'a worker') AS worker,
                               coalesce(failure.last_failed_at, letter.received_at) AS failed_at,
                               coalesce(failure.attempts, letter.attempts) AS attempts,
                               coalesce(failure.reason, letter.error) AS reason, letter.id AS dead_letter, letter.status
                        FROM failure FULL JOIN letter
                            ON letter.event_source = failure.event_source AND letter.consumer = failure.source
                        ORDER BY failed_at
                        """)
                .param("id", eventId)
                .query((row, n) -> new HandlerFailure(
                        row.getString("worker"),
                        time(row, "failed_at"),
                        row.getInt("attempts"),
                        row.getString("reason"),
                        row.getString("dead_letter"),
                        row.getString("status")))
                .list();
    }

    /** The topic of dead letters repeats events of other topics. */
    private Optional<AuditRecord> audit(String eventId) {
        return jdbc.sql("""
                        SELECT number, event_source, event_type, topic, user_id, occurred_at, recorded_at, payload
                        FROM audit_log WHERE event_id = :id
                        ORDER BY topic = 'dead-letter-queue', number
                        LIMIT 1
                        """)
                .param("id", eventId)
                .query((row, n) -> new AuditRecord(
                        row.getLong("number"),
                        row.getString("event_source"),
                        row.getString("event_type"),
                        row.getString("topic"),
                        row.getString("user_id"),
                        time(row, "occurred_at"),
                        time(row, "recorded_at"),
                        row.getString("payload")))
                .optional();
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(OutboxTable.time(row, column));
    }
}
