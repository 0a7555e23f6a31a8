package dev.tidings.workers.recurring;

import dev.tidings.tutoring.tables.NewTask;
import dev.tidings.tutoring.tables.NewTask.Predecessor;
import dev.tidings.workers.runtime.ForWorker;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of this worker on the table of tasks, which the backend migrates. */
@Component
@ForWorker("recurring-task-service")
class SeriesTable {
    private final JdbcClient jdbc;

    SeriesTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the tasks by their ids, without those that were deleted or do not recur any more. */
    Map<UUID, CompletedTask> completed(List<UUID> ids) {
        return jdbc
                .sql("""
                        SELECT *, coalesce(due_at, completed_at) AS base FROM task
                        WHERE task_id = ANY (:ids::uuid[]) AND status = 'completed' AND recurrence IS NOT NULL
                        """)
                .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, n) -> completed(row))
                .stream()
                .collect(Collectors.toMap(CompletedTask::id, Function.identity()));
    }

    /** @return false if the next task exists already */
    boolean insertNext(UUID id, CompletedTask previous, Instant dueAt, Instant now) {
        return new NewTask(
                        id,
                        previous.userId(),
                        previous.title(),
                        previous.description(),
                        dueAt,
                        previous.recurrence(),
                        previous.timeZone(),
                        now,
                        new Predecessor(previous.id(), previous.series().start()))
                .insert(jdbc);
    }

    private static CompletedTask completed(ResultSet row) throws SQLException {
        return new CompletedTask(
                row.getObject("task_id", UUID.class),
                row.getString("user_id"),
                row.getString("title"),
                row.getString("description"),
                row.getString("recurrence"),
                row.getString("time_zone"),
                instant(row, "series_start"),
                Objects.requireNonNull(instant(row, "base")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
