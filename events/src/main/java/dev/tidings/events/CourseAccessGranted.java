package dev.tidings.events;

/**
 * A student was granted access to a course (R-PF-2).
 *
 * @param type wire name of the {@link EventType}
 * @param timestamp when it happened, epoch ms
 * @param correlationId id of the payment that the whole flow began with (R-PF-1)
 */
public record CourseAccessGranted(
        String type, long timestamp, String correlationId, String purchaseId, String studentId, String courseId) {
    /** Creates the event that follows the creation of a purchase. */
    public static CourseAccessGranted of(PurchaseCreated purchase) {
        return new CourseAccessGranted(
                EventType.COURSE_ACCESS_GRANTED.wireName(),
                purchase.timestamp(),
                purchase.correlationId(),
                purchase.purchaseId(),
                purchase.studentId(),
                purchase.courseId());
    }
}
