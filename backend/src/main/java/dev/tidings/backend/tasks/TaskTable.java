package dev.tidings.backend.tasks;

import dev.tidings.tutoring.tables.NewTask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of tasks. */
@Repository
class TaskTable {
    private final JdbcClient jdbc;

    TaskTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param task an open task in its first version */
    void insert(Task task) {
        TaskFields fields = task.fields();
        new NewTask(
                        task.id(),
                        task.userId(),
                        fields.title(),
                        fields.description(),
                        fields.dueAt(),
                        recurrence(fields),
                        timeZone(fields),
                        task.createdAt(),
                        null)
                .insert(jdbc);
    }

    /** A changed series starts again with this task; see {@code series_start} in the migration. */
    void update(Task task) {
        TaskFields fields = task.fields();
        jdbc.sql("""
                        UPDATE task
                        SET title = :title, description = :description, due_at = :dueAt, recurrence = :recurrence,
                            time_zone = :timeZone, status = :status, version = :version, updated_at = :updatedAt,
                            completed_at = :completedAt,
                            series_start = CASE
                                WHEN (due_at, recurrence, time_zone)
                                    IS NOT DISTINCT FROM (:dueAt::timestamptz, :recurrence::text, :timeZone::text)
                                THEN series_start END
                        WHERE task_id = :id
                        """)
                .param("id", task.id())
                .param("title", fields.title())
                .param("description", fields.description())
                .param("dueAt", utc(fields.dueAt()))
                .param("recurrence", recurrence(fields))
                .param("timeZone", timeZone(fields))
                .param("status", task.status())
                .param("version", task.version())
                .param("updatedAt", utc(task.updatedAt()))
                .param("completedAt", utc(task.completedAt()))
                .update();
    }

    void delete(UUID id) {
        jdbc.sql("DELETE FROM task WHERE task_id = :id").param("id", id).update();
    }

    Optional<Task> find(String userId, UUID id) {
        return jdbc.sql("SELECT * FROM task WHERE task_id = :id AND user_id = :userId")
                .param("id", id)
                .param("userId", userId)
                .query((row, n) -> task(row))
                .optional();
    }

    /** Locks the row until the end of the transaction, which serializes changes of one task and their events. */
    Optional<Task> lock(String userId, UUID id) {
        return jdbc.sql("SELECT * FROM task WHERE task_id = :id AND user_id = :userId FOR UPDATE")
                .param("id", id)
                .param("userId", userId)
                .query((row, n) -> task(row))
                .optional();
    }

    /** Returns a page, newest first. */
    List<Task> page(String userId, @Nullable UUID before, int limit) {
        return jdbc.sql("""
                        SELECT * FROM task
                        WHERE user_id = :userId AND (:before::uuid IS NULL OR task_id < :before)
                        ORDER BY task_id DESC
                        LIMIT :limit
                        """)
                .param("userId", userId)
                .param("before", before, Types.OTHER)
                .param("limit", limit)
                .query((row, n) -> task(row))
                .list();
    }

    private static @Nullable String recurrence(TaskFields fields) {
        return fields.recurrence() == null ? null : fields.recurrence().wireName();
    }

    private static @Nullable String timeZone(TaskFields fields) {
        return fields.timeZone() == null ? null : fields.timeZone().getId();
    }

    private static Task task(ResultSet row) throws SQLException {
        String recurrence = row.getString("recurrence");
        String timeZone = row.getString("time_zone");
        return new Task(
                row.getObject("task_id", UUID.class),
                row.getString("user_id"),
                new TaskFields(
                        row.getString("title"),
                        row.getString("description"),
                        instant(row, "due_at"),
                        recurrence == null ? null : Recurrence.of(recurrence).orElseThrow(),
                        timeZone == null ? null : ZoneId.of(timeZone)),
                row.getLong("version"),
                Objects.requireNonNull(instant(row, "created_at")),
                Objects.requireNonNull(instant(row, "updated_at")),
                instant(row, "completed_at"));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
