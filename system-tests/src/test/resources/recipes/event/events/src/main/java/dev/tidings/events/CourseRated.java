package dev.tidings.events;

/**
 * A student rated a course.
 *
 * @param type wire name of the {@link EventType}
 * @param timestamp when it happened, epoch ms
 * @param stars from 1 to 5
 */
public record CourseRated(String type, long timestamp, String studentId, String courseId, int stars) {}
