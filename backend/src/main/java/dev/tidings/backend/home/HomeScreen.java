package dev.tidings.backend.home;

import dev.tidings.events.Timestamps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The home screen. */
record HomeScreen(
        Overview overview,
        List<ScheduledSession> upcomingSessions,
        List<RecentCourse> recentCourses,
        List<TrendingCourse> trendingCourses) {
    /** More do not fit on a screen; {@code GET /api/v1/sessions} has them all. */
    static final int MAX_SESSIONS = 100;

    /** Courses are counted up to here. */
    static final int MAX_COURSES = 100;

    private static final int RECENT = 5;

    /**
     * @param waitingForTrainer active courses without a trainer
     * @param totalSessions sessions bought with the active courses
     * @param completedSessions of these
     * @param upcomingSessions as many as the list has
     * @param nextSessionAt null if none is to come
     */
    record Overview(
            int activeCourses,
            int waitingForTrainer,
            int totalSessions,
            int completedSessions,
            int upcomingSessions,
            @Nullable String nextSessionAt) {}

    /** One of the five active courses bought last. */
    record RecentCourse(
            String courseId,
            String title,
            String purchaseId,
            int purchaseTier,
            String purchasedAt,
            @Nullable AssignedTrainer trainer,
            int scheduledSessions,
            int completedSessions) {
        static RecentCourse of(CourseProgress course) {
            return new RecentCourse(
                    course.courseId(),
                    course.title(),
                    course.purchaseId().toString(),
                    course.purchaseTier(),
                    Timestamps.format(course.purchasedAt()),
                    course.trainer(),
                    course.scheduled(),
                    course.completed());
        }
    }

    /** @param courses the last bought one first */
    static HomeScreen of(List<CourseProgress> courses, List<ScheduledSession> upcoming, List<TrendingCourse> trending) {
        return new HomeScreen(
                new Overview(
                        courses.size(),
                        (int) courses.stream()
                                .filter(course -> course.trainerId() == null)
                                .count(),
                        courses.stream().mapToInt(CourseProgress::purchaseTier).sum(),
                        courses.stream().mapToInt(CourseProgress::completed).sum(),
                        upcoming.size(),
                        upcoming.isEmpty() ? null : upcoming.getFirst().startsAt()),
                upcoming,
                courses.stream().limit(RECENT).map(RecentCourse::of).toList(),
                trending);
    }
}
