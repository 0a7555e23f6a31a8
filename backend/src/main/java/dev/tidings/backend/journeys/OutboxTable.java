package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.Trail.OutboxFacts;
import dev.tidings.backend.journeys.Trail.OutboxFacts.Blocker;
import dev.tidings.backend.journeys.Trail.Publication;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads the outboxes of the backend and of all workers. A worker has its outbox in a schema of its own name, which its first start
 * fills. Safe for any thread.
 */
@Repository
class OutboxTable {
    /** Maximum number of rows of one answer. */
    static final int MAX_ROWS = 20;

    private static final String COLUMNS =
            "id, topic, key, type, created_at, published_at, attempts, last_error, payload::text AS payload,"
                    // The flag of a recorded trace.
                    + " CASE WHEN traceparent LIKE '%-01' THEN substr(traceparent, 4, 32) END AS trace_id";

    private final JdbcClient jdbc;

    OutboxTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Schema(String app, String name, boolean hasRelays) {}

    List<Publication> of(UUID eventId) {
        return inOutboxes("id = :id", Map.of("id", eventId));
    }

    /** Returns the oldest unpublished events of a key. */
    List<Publication> waiting(String key) {
        return inOutboxes("published_at IS NULL AND key = :key", Map.of("key", key));
    }

    /**
     * Returns the events of a key that contain an id, and that are unpublished or younger than a limit.
     *
     * @param since the smallest UUIDv7 of that age, which bounds the rows that are read
     */
    List<Publication> containing(String key, UUID id, UUID since) {
        return inOutboxes(
                "key = :key AND (published_at IS NULL OR id >= :since) AND payload::text LIKE '%' || :text || '%'",
                Map.of("key", key, "since", since, "text", id.toString()));
    }

    /** Returns what keeps an unpublished event in its outbox. */
    OutboxFacts facts(Publication waiting) {
        Schema schema = schemas().stream()
                .filter(one -> one.app().equals(waiting.app()))
                .findFirst()
                .orElseThrow();
        String relays = schema.hasRelays()
                ? "(SELECT count(*) FROM %s.outbox_relay WHERE alive_until >= now())".formatted(schema.name())
                : "0";
        return jdbc.sql("""
                        WITH refused AS (
                            SELECT id, position, key, attempts, last_error FROM %1$s.outbox
                            WHERE published_at IS NULL AND topic = :topic AND attempts > 0)
                        SELECT %2$s AS relays, (SELECT count(DISTINCT key) FROM refused) AS failing_keys, blocker.*
                        FROM (SELECT) one LEFT JOIN LATERAL (
                            SELECT id, attempts, last_error FROM refused
                            WHERE key = :key AND position < (SELECT position FROM %1$s.outbox WHERE id = :id)
                            ORDER BY position LIMIT 1) blocker ON true
                        """.formatted(schema.name(), relays))
                .param("topic", waiting.topic())
                .param("key", waiting.key())
                .param("id", UUID.fromString(waiting.eventId()))
                .query((row, n) -> new OutboxFacts(
                        row.getInt("relays"),
                        row.getInt("failing_keys"),
                        row.getString("id") == null
                                ? null
                                : new Blocker(
                                        row.getString("id"), row.getInt("attempts"), row.getString("last_error"))))
                .single();
    }

    private List<Schema> schemas() {
        return jdbc.sql("""
                        SELECT replace(table_schema, '_', '-') AS app, quote_ident(table_schema) AS name,
                               to_regclass(quote_ident(table_schema) || '.outbox_relay') IS NOT NULL AS has_relays
                        FROM information_schema.tables
                        WHERE table_name = 'outbox'
                        """)
                .query((row, n) ->
                        new Schema(row.getString("app"), row.getString("name"), row.getBoolean("has_relays")))
                .list();
    }

    private List<Publication> inOutboxes(String condition, Map<String, ?> parameters) {
        String outboxes = schemas().stream()
                .map(schema -> "SELECT '%s' AS app, %s FROM %s.outbox WHERE %s"
                        .formatted(schema.app(), COLUMNS, schema.name(), condition))
                .collect(Collectors.joining("\nUNION ALL\n"));
        return jdbc.sql(outboxes + "\nORDER BY created_at LIMIT " + MAX_ROWS)
                .params(new HashMap<>(parameters))
                .query((row, n) -> publication(row))
                .list();
    }

    private static Publication publication(ResultSet row) throws SQLException {
        return new Publication(
                row.getString("app"),
                row.getString("id"),
                row.getString("topic"),
                row.getString("key"),
                row.getString("type"),
                Objects.requireNonNull(time(row, "created_at")),
                time(row, "published_at"),
                row.getInt("attempts"),
                row.getString("last_error"),
                row.getString("payload"),
                row.getString("trace_id"));
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
