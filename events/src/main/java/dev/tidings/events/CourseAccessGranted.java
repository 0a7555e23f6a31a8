package dev.tidings.events;

/**
 * A student may use a course from now on (R-PF-2).
 *
 * @param type wire name of the {@link EventType}
 * @param timestamp when it happened, epoch ms
 * @param correlationId id of the payment that the whole flow began with (R-PF-1)
 */
public record CourseAccessGranted(
        String type, long timestamp, String correlationId, String purchaseId, String studentId, String courseId) {}
