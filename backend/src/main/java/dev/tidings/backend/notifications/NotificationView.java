package dev.tidings.backend.notifications;

import dev.tidings.events.Timestamps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of a notification. */
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

    /** @param unreadCount number of unread notifications on all pages, at most {@link NotificationController#MAX_COUNT} */
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
