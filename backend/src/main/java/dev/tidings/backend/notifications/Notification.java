package dev.tidings.backend.notifications;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification as it stands.
 *
 * @param type what it is about: {@code order}, {@code reminder}, …
 * @param priority {@code high} or {@code normal}
 * @param subjectId the order or task that it is about
 * @param readAt null while it is unread
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
