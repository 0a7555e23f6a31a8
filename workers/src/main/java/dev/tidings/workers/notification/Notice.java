package dev.tidings.workers.notification;

/**
 * The content of a notification.
 *
 * @param type subject; screens choose the appearance by it
 * @param isUrgent whether a notification of type {@code order} is a warning
 * @param subjectId id of the order or task
 */
record Notice(String userId, String type, boolean isUrgent, String title, String message, String subjectId) {
    String priority() {
        return isUrgent ? "high" : "normal";
    }
}
