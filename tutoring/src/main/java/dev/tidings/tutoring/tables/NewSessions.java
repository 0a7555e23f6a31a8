package dev.tidings.tutoring.tables;

import dev.tidings.tutoring.PlannedSession;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Scheduled sessions of one allocation that are to be inserted.
 *
 * @param ids ids of the sessions, in the order of the plan
 */
public record NewSessions(
        String studentId, String trainerId, String courseId, List<UUID> ids, List<PlannedSession> plan) {

    /**
     * Inserts the sessions and returns their ids. Skips a session while its trainer has another one. The statement around it defines
     * {@code allocation (id)} with one row, and {@link #bind} sets the parameters.
     */
    public static final String INSERT = """
            INSERT INTO tutoring_sessions (id, allocation_id, student_id, trainer_id, course_id, scheduled_date,
                                           scheduled_time, time_zone, starts_at, ends_at, status, created_at)
            SELECT planned.id, allocation.id, :studentId, :trainerId, :courseId, planned.date,
                   planned.time, planned.zone, planned.starts_at, planned.ends_at, 'scheduled', :now
            FROM allocation,
                 unnest(:sessionIds, :dates, :times, :zones, :starts, :ends)
                     AS planned (id, date, time, zone, starts_at, ends_at)
            ORDER BY planned.starts_at
            ON CONFLICT DO NOTHING
            RETURNING id
            """;

    /** Sets the parameters of {@link #INSERT}. */
    public StatementSpec bind(StatementSpec statement, Instant now) {
        return statement
                .param("studentId", studentId)
                .param("trainerId", trainerId)
                .param("courseId", courseId)
                .param("sessionIds", new SqlArrayValue("uuid", ids.toArray()))
                .param("dates", array("date", PlannedSession::date))
                .param("times", array("time", PlannedSession::time))
                .param("zones", array("text", session -> session.zone().getId()))
                .param("starts", array("timestamptz", PlannedSession::startsAt))
                .param("ends", array("timestamptz", PlannedSession::endsAt))
                .param("now", now.atOffset(ZoneOffset.UTC));
    }

    private SqlArrayValue array(String type, Function<PlannedSession, Object> value) {
        return new SqlArrayValue(
                type, plan.stream().map(value).map(Object::toString).toArray());
    }
}
