package dev.tidings.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A notification was created (R-OR-4).
 *
 * @param userId recipient of the notification and of the event
 * @param type subject of the notification: {@code order}, {@code reminder}, …; not the event's type
 * @param priority {@code high} or {@code normal}
 * @param subjectId id of the order or task
 * @param version 1; the event of reading the notification has version 2
 * @param createdAt ISO-8601 UTC with milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NotificationCreated(
        String id,
        String userId,
        String type,
        String priority,
        String title,
        String message,
        @Nullable String subjectId,
        long version,
        String createdAt) {}
