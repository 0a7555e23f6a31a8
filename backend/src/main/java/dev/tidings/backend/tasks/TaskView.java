package dev.tidings.backend.tasks;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tidings.events.Timestamps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The JSON of a task. */
record TaskView(
        @JsonProperty("task_id") String taskId,
        @JsonProperty("user_id") String userId,
        @JsonProperty("title") String title,
        @JsonProperty("description") @Nullable String description,
        @JsonProperty("status") String status,
        @JsonProperty("due_at") @Nullable String dueAt,
        @JsonProperty("recurrence") @Nullable String recurrence,
        @JsonProperty("time_zone") @Nullable String timeZone,
        @JsonProperty("version") long version,
        @JsonProperty("created_at") String createdAt,
        @JsonProperty("updated_at") String updatedAt,
        @JsonProperty("completed_at") @Nullable String completedAt) {

    static TaskView of(Task task) {
        TaskFields fields = task.fields();
        return new TaskView(
                task.id().toString(),
                task.userId(),
                fields.title(),
                fields.description(),
                task.status(),
                time(fields.dueAt()),
                fields.recurrence() == null ? null : fields.recurrence().wireName(),
                fields.timeZone() == null ? null : fields.timeZone().getId(),
                task.version(),
                Timestamps.format(task.createdAt()),
                Timestamps.format(task.updatedAt()),
                time(task.completedAt()));
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : Timestamps.format(instant);
    }
}
