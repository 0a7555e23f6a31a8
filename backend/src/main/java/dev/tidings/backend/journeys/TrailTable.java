package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.Trail.HandlerFailure;
import dev.tidings.backend.journeys.Trail.Processing;
import dev.tidings.backend.journeys.Trail.Publication;
import dev.tidings.backend.requests.PathId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads trails. Safe for any thread. */
@Repository
class TrailTable {
    /** Maximum number of unpublished events of one key. */
    static final int MAX_WAITING = 20;

    private static final String COLUMNS = "id, topic, key, type, created_at, published_at, attempts, last_error";

    private final JdbcClient jdbc;

    TrailTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Trail of(String eventId) {
        return new Trail(
                PathId.of(eventId)
                        .map(id -> inOutboxes("id = :id", Map.of("id", id)))
                        .orElse(List.of()),
                jdbc.sql("SELECT source, processed_at FROM processed_events WHERE event_id = :id ORDER BY processed_at")
                        .param("id", eventId)
                        .query((row, n) -> new Processing(row.getString("source"), time(row, "processed_at")))
                        .list(),
                jdbc.sql("""
                                SELECT f.source, f.last_failed_at, f.attempts, f.reason, d.id AS dead_letter
                                FROM event_failure f
                                    LEFT JOIN dead_letter d
                                        ON d.event_id = f.event_id AND d.event_source = f.event_source
                                       AND d.consumer = f.source AND d.status = 'open'
                                WHERE f.event_id = :id
                                ORDER BY f.last_failed_at
                                """)
                        .param("id", eventId)
                        .query((row, n) -> new HandlerFailure(
                                row.getString("source"),
                                time(row, "last_failed_at"),
                                row.getInt("attempts"),
                                row.getString("reason"),
                                row.getString("dead_letter")))
                        .list());
    }

    /** Returns the oldest unpublished events of a key. */
    List<Publication> waiting(String key) {
        return inOutboxes("published_at IS NULL AND key = :key", Map.of("key", key));
    }

    /** Each worker has an outbox in a schema of its own name, which its first start creates. */
    private List<Publication> inOutboxes(String condition, Map<String, ?> parameters) {
        String outboxes = jdbc
                .sql("""
                        SELECT replace(table_schema, '_', '-') AS app, quote_ident(table_schema) AS schema
                        FROM information_schema.tables
                        WHERE table_name = 'outbox'
                        """)
                .query((row, n) -> "SELECT '%s' AS app, %s FROM %s.outbox WHERE %s"
                        .formatted(row.getString("app"), COLUMNS, row.getString("schema"), condition))
                .list()
                .stream()
                .collect(Collectors.joining("\nUNION ALL\n"));
        return jdbc.sql(outboxes + "\nORDER BY created_at LIMIT " + MAX_WAITING)
                .params(parameters)
                .query((row, n) -> new Publication(
                        row.getString("app"),
                        row.getString("id"),
                        row.getString("topic"),
                        row.getString("key"),
                        row.getString("type"),
                        time(row, "created_at"),
                        timeOrNull(row, "published_at"),
                        row.getInt("attempts"),
                        row.getString("last_error")))
                .list();
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(timeOrNull(row, column));
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
