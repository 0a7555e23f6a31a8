package dev.tidings.backend.home;

import dev.tidings.events.Timestamps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of the home screen. */
record HomeScreen(
        Overview overview,
        List<ScheduledSession> upcomingSessions,
        List<RecentCourse> recentCourses,
        List<TrendingCourse> trendingCourses) {
    /** Maximum number of sessions; {@code GET /api/v1/sessions} lists all. */
    static final int MAX_SESSIONS = 100;

    /** Maximum number of courses that are counted. */
    static final int MAX_COURSES = 100;

    private static final int RECENT = 5;

    /**
     * @param waitingForTrainer number of active courses without a trainer
     * @param totalSessions number of sessions of the active courses
     * @param completedSessions number of these sessions that are completed
     * @param upcomingSessions length of the list of upcoming sessions
     * @param nextSessionAt start of the next session; null if there is none
     */
    record Overview(
            int activeCourses,
            int waitingForTrainer,
            int totalSessions,
            int completedSessions,
            int upcomingSessions,
            @Nullable String nextSessionAt) {}

    /** One of the five active courses that were bought last. */
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

    /** @param courses most recent purchase first */
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
