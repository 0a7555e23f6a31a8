package dev.tidings.backend.notifications;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The current state of a notification.
 *
 * @param type subject: {@code order}, {@code reminder}, …
 * @param priority {@code high} or {@code normal}
 * @param subjectId id of the order or task
 * @param readAt null until it is read
 */
record Notification(
        UUID id,
        String userId,
        String type,
        String priority,
        String title,
        String message,
        @Nullable String subjectId,
        Instant createdAt,
        @Nullable Instant readAt) {

    Notification read(Instant now) {
        return new Notification(id, userId, type, priority, title, message, subjectId, createdAt, now);
    }
}
