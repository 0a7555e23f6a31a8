package dev.tidings.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A user has a new notification (R-OR-4).
 *
 * @param userId whom it tells something, and recipient of the event
 * @param type what it is about: {@code order}, {@code reminder}, …; not the event's type
 * @param priority {@code high} or {@code normal}
 * @param subjectId the order or task that it is about
 * @param version 1; of the same notification once it is read, 2
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
