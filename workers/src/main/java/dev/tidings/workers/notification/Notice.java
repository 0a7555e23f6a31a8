package dev.tidings.workers.notification;

/**
 * What a notification says.
 *
 * @param type what it is about; screens choose its looks by it
 * @param isUrgent for the type {@code order}: a warning rather than an information
 * @param subjectId the order or task
 */
record Notice(String userId, String type, boolean isUrgent, String title, String message, String subjectId) {
    String priority() {
        return isUrgent ? "high" : "normal";
    }
}
