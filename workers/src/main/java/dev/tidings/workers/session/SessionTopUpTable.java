package dev.tidings.workers.session;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.tutoring.PlannedSession;
import dev.tidings.tutoring.tables.NewSessions;
import dev.tidings.workers.runtime.ForWorker;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of this worker on allocations and sessions. */
@Repository
@ForWorker("session-worker")
class SessionTopUpTable {
    private final JdbcClient jdbc;

    SessionTopUpTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param made number of sessions that count against the tier */
    record Counts(int upcoming, int made) {}

    boolean exists(UUID allocation) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM trainer_allocations WHERE id = :id)")
                .param("id", allocation)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }

    /** Locks the row until the end of the transaction. Returns empty if the allocation has no trainer. */
    Optional<AllocationTerms> lockCurrent(UUID id) {
        return jdbc.sql("""
                        SELECT allocation.id, allocation.purchase_id, purchase.payment_id, allocation.student_id,
                               allocation.trainer_id, allocation.course_id, purchase.purchase_tier, payment.start_date,
                               payment.time_slot, payment.time_zone
                        FROM trainer_allocations AS allocation
                            JOIN student_course_purchases AS purchase ON purchase.id = allocation.purchase_id
                            JOIN payments AS payment ON payment.id = purchase.payment_id
                        WHERE allocation.id = :id AND allocation.status IN ('approved', 'active')
                        FOR UPDATE OF allocation
                        """)
                .param("id", id)
                .query((row, n) -> new AllocationTerms(
                        row.getObject("id", UUID.class),
                        row.getObject("purchase_id", UUID.class),
                        row.getObject("payment_id", UUID.class),
                        row.getString("student_id"),
                        row.getString("trainer_id"),
                        row.getString("course_id"),
                        row.getInt("purchase_tier"),
                        row.getObject("start_date", LocalDate.class),
                        LocalTime.parse(row.getString("time_slot")),
                        ZoneId.of(row.getString("time_zone"))))
                .optional();
    }

    Counts count(UUID allocation, Instant now) {
        return jdbc.sql("""
                        SELECT count(*) FILTER (WHERE status = 'scheduled' AND starts_at > :now) AS upcoming,
                               count(*) FILTER (WHERE status <> 'cancelled') AS made
                        FROM tutoring_sessions WHERE allocation_id = :id
                        """)
                .param("id", allocation)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, n) -> new Counts(row.getInt("upcoming"), row.getInt("made")))
                .single();
    }

    /** Returns the days with a session of any status. */
    Set<LocalDate> days(UUID allocation) {
        return jdbc.sql("SELECT scheduled_date FROM tutoring_sessions WHERE allocation_id = :id")
                .param("id", allocation)
                .query((row, n) -> row.getObject(1, LocalDate.class))
                .set();
    }

    /** Returns empty if the trainer has another session then. */
    Optional<UUID> insert(AllocationTerms allocation, PlannedSession session, Instant now) {
        NewSessions sessions = new NewSessions(
                allocation.studentId(),
                allocation.trainerId(),
                allocation.courseId(),
                List.of(UuidCreator.getTimeOrderedEpoch()),
                List.of(session));
        return sessions.bind(jdbc.sql("WITH allocation AS (SELECT :allocation::uuid AS id) " + NewSessions.INSERT), now)
                .param("allocation", allocation.id())
                .query(UUID.class)
                .optional();
    }
}
