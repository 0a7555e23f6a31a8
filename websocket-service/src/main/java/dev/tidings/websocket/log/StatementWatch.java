package dev.tidings.websocket.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds statements of this service that the database does not finish, for operators. Thread-safe; blocks on the database. */
@Component
public class StatementWatch {
    /**
     * A statement of any replica that has been running for more than a second.
     *
     * @param runningMs how long it has been running
     * @param waitsFor what it waits for, as PostgreSQL names it, such as {@code Lock}; null if it computes
     */
    public record SlowStatement(
            String replica, long runningMs, @Nullable String waitsFor) {}

    private final JdbcClient jdbc;

    StatementWatch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the oldest slow statement of this service. */
    public Optional<SlowStatement> slowest() {
        return jdbc.sql("""
                        SELECT application_name, wait_event_type,
                               extract(epoch FROM clock_timestamp() - query_start) * 1000 AS running_ms
                        FROM pg_stat_activity
                        WHERE usename = current_user AND datname = current_database() AND state = 'active'
                          AND pid <> pg_backend_pid() AND query_start < clock_timestamp() - interval '1 second'
                        ORDER BY query_start
                        LIMIT 1
                        """)
                .query((row, n) -> new SlowStatement(
                        row.getString("application_name"), row.getLong("running_ms"), row.getString("wait_event_type")))
                .optional();
    }
}
