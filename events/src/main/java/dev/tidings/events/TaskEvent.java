package dev.tidings.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A task of a user changed (R-WS-2, R-TK-1). It carries the whole task as it stands after the change, so a client that
 * missed earlier events needs no request to be right.
 *
 * @param eventType wire name of the {@link EventType}
 * @param userId owner of the task and recipient of the event
 * @param taskId id of the task (a UUID)
 * @param title at most 200 characters
 * @param timeZone where the days of a recurring task are counted, such as {@code Europe/Berlin} or {@code +01:00}
 * @param version counts the changes of this task from 1; a client ignores a version older than the one it shows
 * @param timestamp when the change was made, ISO-8601 UTC with milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskEvent(
        @JsonProperty("event_type") String eventType,
        @JsonProperty("user_id") String userId,
        @JsonProperty("task_id") String taskId,
        @JsonProperty("title") String title,
        @JsonProperty("description") @Nullable String description,
        @JsonProperty("status") String status,
        @JsonProperty("due_at") @Nullable String dueAt,
        @JsonProperty("recurrence") @Nullable String recurrence,
        @JsonProperty("time_zone") @Nullable String timeZone,
        @JsonProperty("version") long version,
        @JsonProperty("timestamp") String timestamp) {}
