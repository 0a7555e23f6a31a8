package dev.tidings.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task of a user changed (R-WS-2, R-TK-1). The event contains the whole task after the change, so a client that missed
 * earlier events is correct without a request.
 *
 * @param eventType wire name of the {@link EventType}
 * @param userId owner of the task and recipient of the event
 * @param taskId id of the task (a UUID)
 * @param title at most 200 characters
 * @param timeZone time zone in which the days of a recurring task are counted, such as {@code Europe/Berlin} or {@code +01:00}
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
        @JsonProperty("timestamp") String timestamp) {
    /** Creates the event of a change at {@code at}. */
    public static TaskEvent of(
            EventType type,
            String userId,
            UUID taskId,
            String title,
            @Nullable String description,
            String status,
            @Nullable Instant dueAt,
            @Nullable String recurrence,
            @Nullable String timeZone,
            long version,
            Instant at) {
        return new TaskEvent(
                type.wireName(),
                userId,
                taskId.toString(),
                title,
                description,
                status,
                dueAt == null ? null : Timestamps.format(dueAt),
                recurrence,
                timeZone,
                version,
                Timestamps.format(at));
    }
}
