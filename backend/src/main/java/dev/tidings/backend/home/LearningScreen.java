package dev.tidings.backend.home;

import dev.tidings.events.Timestamps;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The JSON of the learning screen: the active courses, most recent purchase first. */
record LearningScreen(List<Course> activeCourses) {
    static final int MAX_COURSES = 100;

    /** The maximum number of sessions of all courses. */
    static final int MAX_SESSIONS = 3_000;

    /** @param trainer null until a trainer is assigned */
    record Course(
            String courseId,
            String title,
            String description,
            CurrentPurchase purchase,
            @Nullable CurrentAllocation allocation,
            @Nullable AssignedTrainer trainer,
            List<ScheduledSession> sessions) {}

    record CurrentPurchase(String purchaseId, String paymentId, int purchaseTier, String createdAt) {}

    /** @param reason code of the reason for the wait; null if the allocation does not wait */
    record CurrentAllocation(
            String allocationId, String status, @Nullable String reason) {}

    /** @param sessions sessions of these courses, earliest first */
    static LearningScreen of(List<CourseProgress> courses, List<ScheduledSession> sessions) {
        Map<String, List<ScheduledSession>> byAllocation =
                sessions.stream().collect(Collectors.groupingBy(ScheduledSession::allocationId));
        return new LearningScreen(courses.stream()
                .map(course -> new Course(
                        course.courseId(),
                        course.title(),
                        course.description(),
                        new CurrentPurchase(
                                course.purchaseId().toString(),
                                course.paymentId().toString(),
                                course.purchaseTier(),
                                Timestamps.format(course.purchasedAt())),
                        allocation(course),
                        course.trainer(),
                        byAllocation.getOrDefault(String.valueOf(course.allocationId()), List.of())))
                .toList());
    }

    private static @Nullable CurrentAllocation allocation(CourseProgress course) {
        return course.allocationId() == null || course.allocationStatus() == null
                ? null
                : new CurrentAllocation(
                        course.allocationId().toString(), course.allocationStatus(), course.waitingReason());
    }
}
