package dev.tidings.workers.notification;

import dev.tidings.workers.runtime.ForWorker;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of reminders. */
@Component
@ForWorker("notification-service")
class ReminderTable {
    private final JdbcClient jdbc;

    ReminderTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A due reminder.
     *
     * @param userId owner of the task; null if no notification is needed
     * @param title title of the task; null if no notification is needed: the task is completed, deleted or has another due time
     */
    record Due(
            UUID taskId, @Nullable String userId, @Nullable String title) {}

    /** @param dueAt null if the task has no reminder any more */
    record DueTime(UUID taskId, long version, @Nullable Instant dueAt) {}

    /**
     * Stores the due times of different tasks and deletes the reminders of those without one. Ignores an older version; a due time that
     * was announced stays announced.
     */
    void apply(Collection<DueTime> changes) {
        List<DueTime> gone =
                changes.stream().filter(change -> change.dueAt() == null).toList();
        List<DueTime> due =
                changes.stream().filter(change -> change.dueAt() != null).toList();
        if (!gone.isEmpty()) {
            jdbc.sql("DELETE FROM reminder WHERE task_id = ANY (:taskIds::uuid[])")
                    .param("taskIds", texts(gone, DueTime::taskId))
                    .update();
        }
        if (!due.isEmpty()) {
            jdbc.sql("""
                            INSERT INTO reminder (task_id, version, due_at)
                            SELECT task_id, version, due_at
                            FROM unnest(:taskIds::uuid[], :versions::bigint[], :dueAts::timestamptz[])
                                AS change (task_id, version, due_at)
                            ORDER BY task_id
                            ON CONFLICT (task_id) DO UPDATE
                            SET version = excluded.version, due_at = excluded.due_at,
                                is_done = reminder.is_done AND reminder.due_at = excluded.due_at
                            WHERE reminder.version < excluded.version
                            """)
                    .param("taskIds", texts(due, DueTime::taskId))
                    .param("versions", texts(due, DueTime::version))
                    .param("dueAts", texts(due, DueTime::dueAt))
                    .update();
        }
    }

    private static String[] texts(List<DueTime> changes, Function<DueTime, @Nullable Object> column) {
        return changes.stream().map(column).map(String::valueOf).toArray(String[]::new);
    }

    /** Claims up to {@code limit} due reminders and marks them done; skips rows locked by another instance (SKIP LOCKED). */
    List<Due> claim(Instant now, int limit) {
        return jdbc.sql("""
                        WITH due AS (
                            SELECT task_id, due_at FROM reminder
                            WHERE due_at <= :now AND NOT is_done
                            ORDER BY due_at LIMIT :limit
                            FOR UPDATE SKIP LOCKED),
                        done AS (
                            UPDATE reminder SET is_done = true FROM due WHERE reminder.task_id = due.task_id)
                        SELECT due.task_id, task.user_id, task.title
                        FROM due LEFT JOIN task
                            ON task.task_id = due.task_id AND task.status = 'open' AND task.due_at = due.due_at
                        ORDER BY due.due_at
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, n) ->
                        new Due(row.getObject("task_id", UUID.class), row.getString("user_id"), row.getString("title")))
                .list();
    }
}
