package dev.tidings.backend.tasks;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The current state of a task.
 *
 * @param version counts the changes, from 1
 * @param completedAt null while the task is open
 */
record Task(
        UUID id,
        String userId,
        TaskFields fields,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant completedAt) {

    boolean isCompleted() {
        return completedAt != null;
    }

    String status() {
        return isCompleted() ? "completed" : "open";
    }

    Task changedTo(TaskFields newFields, Instant now) {
        return new Task(id, userId, newFields, version + 1, createdAt, now, completedAt);
    }

    Task completed(Instant now) {
        return new Task(id, userId, fields, version + 1, createdAt, now, now);
    }

    /** Returns the last version, which only the event of the deletion contains. */
    Task deleted(Instant now) {
        return new Task(id, userId, fields, version + 1, createdAt, now, completedAt);
    }
}
