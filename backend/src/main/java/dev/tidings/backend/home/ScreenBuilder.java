package dev.tidings.backend.home;

import dev.tidings.studentcache.Screen;
import java.time.Clock;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Builds screens from the database. Safe for any thread. */
@Service
class ScreenBuilder {
    private final StudentTables tables;
    private final Trending trending;
    private final JsonMapper json;
    private final Clock clock;

    ScreenBuilder(StudentTables tables, Trending trending, JsonMapper json, Clock clock) {
        this.tables = tables;
        this.trending = trending;
        this.json = json;
        this.clock = clock;
    }

    JsonNode compute(Screen screen, String studentId) {
        return json.valueToTree(
                switch (screen) {
                    case HOME ->
                        HomeScreen.of(
                                tables.courses(studentId, HomeScreen.MAX_COURSES),
                                tables.upcomingSessions(studentId, clock.instant(), HomeScreen.MAX_SESSIONS),
                                trending.courses());
                    case LEARNING ->
                        LearningScreen.of(
                                tables.courses(studentId, LearningScreen.MAX_COURSES),
                                tables.sessionsOfCourses(studentId, LearningScreen.MAX_SESSIONS));
                });
    }

    /** Counts the sessions of a screen. */
    static int sessionCount(Screen screen, JsonNode shown) {
        return switch (screen) {
            case HOME -> shown.path("upcomingSessions").size();
            case LEARNING ->
                shown.path("activeCourses")
                        .valueStream()
                        .mapToInt(course -> course.path("sessions").size())
                        .sum();
        };
    }
}
