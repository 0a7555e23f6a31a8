package dev.tidings.backend.sessions;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of sessions. */
@Repository
class SessionTable {
    private static final String SELECT = """
            SELECT session.*, purchase.payment_id, trainer.name AS trainer_name, course.title AS course_title
            FROM tutoring_sessions session
            JOIN trainer_allocations allocation ON allocation.id = session.allocation_id
            JOIN student_course_purchases purchase ON purchase.id = allocation.purchase_id
            JOIN trainers trainer ON trainer.id = session.trainer_id
            JOIN courses course ON course.id = session.course_id
            """;
    private static final String PAGE = """
              AND (:status::text IS NULL OR session.status = :status)
              AND (:fromDate::date IS NULL OR session.scheduled_date >= :fromDate)
              AND (:fromTime::timestamptz IS NULL OR session.starts_at >= :fromTime)
              AND (:after::uuid IS NULL OR (session.starts_at, session.id) >
                      (SELECT last.starts_at, last.id FROM tutoring_sessions last WHERE last.id = :after))
            ORDER BY session.starts_at, session.id
            LIMIT :limit
            """;

    private final JdbcClient jdbc;

    SessionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns a page of sessions of a student, earliest first.
     *
     * @param after last session of the page before; null for the first page
     */
    List<TutoringSession> ofStudent(String studentId, SessionFilter filter, @Nullable UUID after, int limit) {
        return page(SELECT + " WHERE session.student_id = :userId " + PAGE, studentId, filter, after, limit);
    }

    /** Returns a page of sessions of a trainer. */
    List<TutoringSession> ofTrainer(String trainerId, SessionFilter filter, @Nullable UUID after, int limit) {
        return page(SELECT + " WHERE session.trainer_id = :userId " + PAGE, trainerId, filter, after, limit);
    }

    private List<TutoringSession> page(
            String sql, String userId, SessionFilter filter, @Nullable UUID after, int limit) {
        return jdbc.sql(sql)
                .param("userId", userId)
                .param(
                        "status",
                        filter.status() == null ? null : filter.status().wireName(),
                        Types.VARCHAR)
                .param("fromDate", filter.fromDate(), Types.DATE)
                .param(
                        "fromTime",
                        filter.fromTime() == null ? null : filter.fromTime().atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("after", after, Types.OTHER)
                .param("limit", limit)
                .query((row, n) -> session(row))
                .list();
    }

    /** Locks the session and its purchase until the end of the transaction. */
    Optional<TutoringSession> lock(UUID id, String trainerId) {
        return jdbc.sql(SELECT
                        + " WHERE session.id = :id AND session.trainer_id = :trainerId FOR UPDATE OF purchase, session")
                .param("id", id)
                .param("trainerId", trainerId)
                .query((row, n) -> session(row))
                .optional();
    }

    void complete(UUID id, Instant now) {
        jdbc.sql("UPDATE tutoring_sessions SET status = 'completed', completed_at = :now WHERE id = :id")
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static TutoringSession session(ResultSet row) throws SQLException {
        return new TutoringSession(
                row.getObject("id", UUID.class),
                row.getObject("allocation_id", UUID.class),
                row.getObject("payment_id", UUID.class),
                row.getString("student_id"),
                row.getString("trainer_id"),
                row.getString("trainer_name"),
                row.getString("course_id"),
                row.getString("course_title"),
                row.getObject("scheduled_date", LocalDate.class),
                row.getObject("scheduled_time", LocalTime.class),
                row.getString("time_zone"),
                Objects.requireNonNull(instant(row, "starts_at")),
                Objects.requireNonNull(instant(row, "ends_at")),
                SessionStatus.of(row.getString("status")).orElseThrow(),
                instant(row, "completed_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
