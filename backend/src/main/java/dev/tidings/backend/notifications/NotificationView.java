package dev.tidings.backend.notifications;

import dev.tidings.events.Timestamps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A notification as the API shows it. */
record NotificationView(
        String id,
        String type,
        String priority,
        String title,
        String message,
        @Nullable String subjectId,
        boolean read,
        String createdAt,
        @Nullable String readAt) {

    /** @param unreadCount how many the user has not read, on all pages; {@link NotificationController#MAX_COUNT} at most */
    record Listed(List<NotificationView> items, @Nullable String nextCursor, int unreadCount) {}

    static NotificationView of(Notification notification) {
        return new NotificationView(
                notification.id().toString(),
                notification.type(),
                notification.priority(),
                notification.title(),
                notification.message(),
                notification.subjectId(),
                notification.readAt() != null,
                Timestamps.format(notification.createdAt()),
                notification.readAt() == null ? null : Timestamps.format(notification.readAt()));
    }
}
