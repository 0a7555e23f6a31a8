package dev.tidings.backend.courses;

import dev.tidings.backend.identity.OpenPath;
import dev.tidings.backend.lists.ListPage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the courses on offer. */
@RestController
class CourseController {
    private static final String PATH = "/api/v1/courses";
    private static final int MAX_TIERS = 1_500;

    private final JdbcClient jdbc;

    CourseController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Bean
    static OpenPath coursesAreOpen() {
        return OpenPath.forAnybody("GET", PATH);
    }

    /** @param timeZone time zone of the sessions if the payment names none */
    record CourseView(String courseId, String title, String description, String timeZone, List<TierView> tiers) {}

    /** @param tier number of sessions */
    record TierView(int tier, BigDecimal price) {}

    /** Lists all courses on offer in one page. */
    @GetMapping(PATH)
    ListPage<CourseView> list() {
        Map<String, CourseView> courses = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT id, title, description, time_zone, tier, price
                        FROM courses JOIN course_tiers ON course_id = id
                        WHERE is_active
                        ORDER BY title, id, tier
                        LIMIT :limit
                        """).param("limit", MAX_TIERS).query(row -> {
            String id = row.getString("id");
            CourseView course = courses.get(id);
            if (course == null) {
                course = new CourseView(
                        id,
                        row.getString("title"),
                        row.getString("description"),
                        row.getString("time_zone"),
                        new ArrayList<>());
                courses.put(id, course);
            }
            course.tiers().add(new TierView(row.getInt("tier"), row.getBigDecimal("price")));
        });
        return new ListPage<>(List.copyOf(courses.values()), null);
    }
}
