package dev.tidings.backend.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the screens make of rows (R-PF-6). */
class ScreenBuilderTest {
    private static final Instant BOUGHT = Instant.parse("2026-02-07T12:00:00Z");

    @Test
    void whoHasBoughtNothingSeesWhatIsTrending() {
        List<TrendingCourse> trending = List.of(new TrendingCourse("c-1", "Algebra", "", 7));

        HomeScreen home = HomeScreen.of(List.of(), List.of(), trending);

        assertThat(home.overview()).isEqualTo(new HomeScreen.Overview(0, 0, 0, 0, 0, null));
        assertThat(home.recentCourses()).isEmpty();
        assertThat(home.trendingCourses()).isEqualTo(trending);
        assertThat(LearningScreen.of(List.of(), List.of()).activeCourses()).isEmpty();
    }

    @Test
    void theOverviewCountsWhatIsActive() {
        List<CourseProgress> courses = List.of(course("physics", null, 0, 0), course("algebra", "tom", 9, 21));
        List<ScheduledSession> upcoming = List.of(session("algebra", "2026-02-09"), session("algebra", "2026-02-10"));

        HomeScreen home = HomeScreen.of(courses, upcoming, List.of());

        assertThat(home.overview()).isEqualTo(new HomeScreen.Overview(2, 1, 60, 21, 2, "2026-02-09T16:00:00.000Z"));
        assertThat(home.upcomingSessions()).isEqualTo(upcoming);
    }

    @Test
    void theFiveCoursesBoughtLastAreTheRecentOnes() {
        List<CourseProgress> courses = IntStream.range(0, 7)
                .mapToObj(i -> course("course-" + i, "tom", 30, 0))
                .toList();

        assertThat(HomeScreen.of(courses, List.of(), List.of()).recentCourses())
                .extracting(HomeScreen.RecentCourse::courseId)
                .containsExactly("course-0", "course-1", "course-2", "course-3", "course-4");
    }

    @Test
    void eachActiveCourseHasItsPurchaseItsTrainerAndItsOwnSessions() {
        CourseProgress waiting = course("physics", null, 0, 0);
        CourseProgress running = course("algebra", "tom", 2, 0);
        ScheduledSession first = session("algebra", "2026-02-09");
        ScheduledSession second = session("algebra", "2026-02-10");

        var courses = LearningScreen.of(List.of(waiting, running), List.of(first, second))
                .activeCourses();

        assertThat(courses).hasSize(2);
        assertThat(courses.getFirst().trainer()).isNull();
        assertThat(courses.getFirst().allocation())
                .isEqualTo(new LearningScreen.CurrentAllocation(
                        allocation("physics").toString(), "waiting", "no_trainer_free"));
        assertThat(courses.getFirst().sessions()).isEmpty();
        assertThat(courses.getLast().trainer()).isEqualTo(new AssignedTrainer("tom", "Name of tom"));
        assertThat(courses.getLast().purchase())
                .isEqualTo(new LearningScreen.CurrentPurchase(
                        id("purchase", "algebra").toString(),
                        id("payment", "algebra").toString(),
                        30,
                        "2026-02-07T12:00:00.000Z"));
        assertThat(courses.getLast().sessions()).containsExactly(first, second);
    }

    private static CourseProgress course(String course, @Nullable String trainer, int scheduled, int completed) {
        return new CourseProgress(
                course,
                "Title of " + course,
                "",
                id("purchase", course),
                id("payment", course),
                30,
                BOUGHT,
                allocation(course),
                trainer == null ? "waiting" : "approved",
                trainer == null ? "no_trainer_free" : null,
                trainer,
                trainer == null ? null : "Name of " + trainer,
                scheduled,
                completed);
    }

    private static ScheduledSession session(String course, String date) {
        return new ScheduledSession(
                id("session", course + date).toString(),
                allocation(course).toString(),
                course,
                "Title of " + course,
                "tom",
                "Name of tom",
                date,
                "16:00",
                "UTC",
                date + "T16:00:00.000Z",
                date + "T17:00:00.000Z",
                "scheduled");
    }

    private static UUID allocation(String course) {
        return id("allocation", course);
    }

    private static UUID id(String kind, String course) {
        return UUID.nameUUIDFromBytes((kind + course).getBytes(StandardCharsets.UTF_8));
    }
}
