package dev.tidings.backend.home;

import dev.tidings.events.Timestamps;
import dev.tidings.tutoring.TimeSlot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of the screens. */
@Repository
class StudentTables {
    private final JdbcClient jdbc;

    StudentTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns active purchases, most recent first. */
    List<CourseProgress> courses(String studentId, int limit) {
        return jdbc.sql("""
                        SELECT p.id AS purchase_id, p.payment_id, p.purchase_tier, p.created_at AS purchased_at,
                               c.id AS course_id, c.title, c.description,
                               a.id AS allocation_id, a.status AS allocation_status, a.reason, a.trainer_id,
                               t.name AS trainer_name, s.scheduled, s.completed
                        FROM student_course_purchases p
                        JOIN courses c ON c.id = p.course_id
                        LEFT JOIN trainer_allocations a ON a.purchase_id = p.id AND a.status <> 'cancelled'
                        LEFT JOIN trainers t ON t.id = a.trainer_id
                        CROSS JOIN LATERAL (
                            SELECT count(*) FILTER (WHERE status = 'scheduled') AS scheduled,
                                   count(*) FILTER (WHERE status = 'completed') AS completed
                            FROM tutoring_sessions
                            WHERE allocation_id = a.id
                        ) s
                        WHERE p.student_id = :student AND p.is_active
                        ORDER BY p.created_at DESC, p.id DESC
                        LIMIT :limit
                        """)
                .param("student", studentId)
                .param("limit", limit)
                .query((row, n) -> new CourseProgress(
                        row.getString("course_id"),
                        row.getString("title"),
                        row.getString("description"),
                        row.getObject("purchase_id", UUID.class),
                        row.getObject("payment_id", UUID.class),
                        row.getInt("purchase_tier"),
                        instant(row, "purchased_at"),
                        row.getObject("allocation_id", UUID.class),
                        row.getString("allocation_status"),
                        row.getString("reason"),
                        row.getString("trainer_id"),
                        row.getString("trainer_name"),
                        row.getInt("scheduled"),
                        row.getInt("completed")))
                .list();
    }

    /** Returns scheduled sessions that end after {@code now}, earliest first. */
    List<ScheduledSession> upcomingSessions(String studentId, Instant now, int limit) {
        return jdbc.sql("""
                        SELECT s.*, c.title AS course_title, t.name AS trainer_name
                        FROM tutoring_sessions s
                        JOIN courses c ON c.id = s.course_id
                        LEFT JOIN trainers t ON t.id = s.trainer_id
                        WHERE s.student_id = :student AND s.status = 'scheduled' AND s.ends_at > :now
                        ORDER BY s.starts_at, s.id
                        LIMIT :limit
                        """)
                .param("student", studentId)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, n) -> session(row))
                .list();
    }

    /** Returns the sessions of active purchases except cancelled ones, earliest first. */
    List<ScheduledSession> sessionsOfCourses(String studentId, int limit) {
        return jdbc.sql("""
                        SELECT s.*, c.title AS course_title, t.name AS trainer_name
                        FROM student_course_purchases p
                        JOIN trainer_allocations a ON a.purchase_id = p.id AND a.status <> 'cancelled'
                        JOIN tutoring_sessions s ON s.allocation_id = a.id AND s.status <> 'cancelled'
                        JOIN courses c ON c.id = s.course_id
                        LEFT JOIN trainers t ON t.id = s.trainer_id
                        WHERE p.student_id = :student AND p.is_active
                        ORDER BY s.starts_at, s.id
                        LIMIT :limit
                        """)
                .param("student", studentId)
                .param("limit", limit)
                .query((row, n) -> session(row))
                .list();
    }

    /** Returns courses on offer, ordered by the number of purchases since then, then by title. */
    List<TrendingCourse> trendingCourses(Instant since, int limit) {
        return jdbc.sql("""
                        SELECT c.id, c.title, c.description, count(p.course_id) AS purchases
                        FROM courses c
                        LEFT JOIN student_course_purchases p ON p.course_id = c.id AND p.created_at >= :since
                        WHERE c.is_active
                        GROUP BY c.id
                        ORDER BY purchases DESC, c.title, c.id
                        LIMIT :limit
                        """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, n) -> new TrendingCourse(
                        row.getString("id"),
                        row.getString("title"),
                        row.getString("description"),
                        row.getLong("purchases")))
                .list();
    }

    private static ScheduledSession session(ResultSet row) throws SQLException {
        return new ScheduledSession(
                row.getString("id"),
                row.getString("allocation_id"),
                row.getString("course_id"),
                row.getString("course_title"),
                row.getString("trainer_id"),
                row.getString("trainer_name"),
                row.getString("scheduled_date"),
                TimeSlot.format(row.getObject("scheduled_time", LocalTime.class)),
                row.getString("time_zone"),
                Timestamps.format(instant(row, "starts_at")),
                Timestamps.format(instant(row, "ends_at")),
                row.getString("status"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
