package dev.tidings.workers.audit;

import dev.tidings.workers.runtime.ForWorker;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Appends to the audit log. The database enforces its rules. Safe for any thread. */
@Component
@ForWorker("audit-log-service")
class AuditTable {
    private final JdbcTemplate jdbc;

    AuditTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Appends the events in one statement, and so in one transaction. Skips events that the log contains. */
    void append(List<AuditEvent> events) {
        jdbc.execute((Connection connection) -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO audit_log (topic, event_source, event_id, event_type, user_id, occurred_at, payload)
                    SELECT topic, source, id, type, who, occurred_at::timestamptz, payload
                    FROM unnest(?, ?, ?, ?, ?, ?, ?)
                        WITH ORDINALITY AS event (topic, source, id, type, who, occurred_at, payload, position)
                    ORDER BY position
                    """)) {
                insert.setArray(1, texts(connection, events, AuditEvent::topic));
                insert.setArray(2, texts(connection, events, AuditEvent::source));
                insert.setArray(3, texts(connection, events, AuditEvent::id));
                insert.setArray(4, texts(connection, events, AuditEvent::type));
                insert.setArray(5, texts(connection, events, AuditEvent::who));
                insert.setArray(
                        6,
                        texts(
                                connection,
                                events,
                                event -> event.occurredAt()
                                        .atOffset(ZoneOffset.UTC)
                                        .toString()));
                insert.setArray(7, texts(connection, events, AuditEvent::payload));
                return insert.executeUpdate();
            }
        });
    }

    private static Array texts(
            Connection connection, List<AuditEvent> events, Function<AuditEvent, @Nullable String> column)
            throws SQLException {
        return connection.createArrayOf("text", events.stream().map(column).toArray());
    }
}
