package dev.tidings.backend.allocations;

import dev.tidings.backend.allocations.Purchase.Existing;
import dev.tidings.backend.allocations.Purchase.TrainerRequirements;
import dev.tidings.tutoring.Availability;
import dev.tidings.tutoring.PlannedSession;
import dev.tidings.tutoring.TimeSlot;
import dev.tidings.tutoring.Trainer;
import dev.tidings.tutoring.Trainer.Booking;
import dev.tidings.tutoring.TrainerChoice.NoTrainerReason;
import dev.tidings.tutoring.tables.NewSessions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL that chooses and books a trainer. */
@Repository
class BookingTable {
    private final JdbcClient jdbc;

    BookingTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the purchase until the end of the transaction. */
    Optional<Purchase> lock(UUID purchaseId) {
        return jdbc.sql("""
                        SELECT purchase.id, purchase.payment_id, purchase.student_id, purchase.course_id,
                               purchase.is_active, purchase.purchase_tier, payment.time_slot, payment.start_date,
                               payment.time_zone, course.skill,
                               allocation.id AS allocation_id, allocation.status, allocation.trainer_id
                        FROM student_course_purchases purchase
                        JOIN payments payment ON payment.id = purchase.payment_id
                        JOIN courses course ON course.id = purchase.course_id
                        LEFT JOIN trainer_allocations allocation ON allocation.purchase_id = purchase.id
                        WHERE purchase.id = :id
                        FOR UPDATE OF purchase
                        """)
                .param("id", purchaseId)
                .query((row, n) -> purchase(row))
                .optional();
    }

    List<UUID> sessionIds(UUID allocationId) {
        return jdbc.sql("SELECT id FROM tutoring_sessions WHERE allocation_id = :id ORDER BY starts_at, id")
                .param("id", allocationId)
                .query((row, n) -> row.getObject("id", UUID.class))
                .list();
    }

    /**
     * Returns trainers with the skill, in the order of {@code TrainerChoice.ORDER}, each with one booking that conflicts with the
     * plan, if there is one.
     *
     * @param after last trainer of the page before; null for the first page
     */
    List<Trainer> trainers(String skill, List<PlannedSession> plan, @Nullable Trainer after, int limit) {
        return jdbc.sql("""
                        SELECT trainer.*, booked.starts_at, booked.ends_at, ARRAY(
                            SELECT ARRAY[day_of_week,
                                         extract(epoch FROM from_time)::integer / 60,
                                         extract(epoch FROM to_time)::integer / 60]
                            FROM trainer_availability
                            WHERE trainer_id = trainer.id) AS availability
                        FROM (
                            SELECT id, time_zone, active_allocations
                            FROM trainer_skills JOIN trainers ON id = trainer_id
                            WHERE skill = :skill AND is_active
                              AND (:afterId::text IS NULL
                                  OR (active_allocations, id COLLATE "C") > (:afterLoad, :afterId))
                            ORDER BY active_allocations, id COLLATE "C"
                            LIMIT :limit) trainer
                        LEFT JOIN LATERAL (
                            SELECT starts_at, ends_at
                            FROM tutoring_sessions
                            WHERE hashtextextended(trainer_id, 0) = hashtextextended(trainer.id, 0)
                              AND trainer_id = trainer.id AND status = 'scheduled' AND during && :times::tstzmultirange
                            LIMIT 1) booked ON true
                        ORDER BY active_allocations, id COLLATE "C"
                        """)
                .param("skill", skill)
                .param("afterLoad", after == null ? null : after.load(), Types.INTEGER)
                .param("afterId", after == null ? null : after.id(), Types.VARCHAR)
                .param("limit", limit)
                .param("times", multirange(plan))
                .query((row, n) -> trainer(row, skill))
                .list();
    }

    /** @return whether all rows were written; if not, the transaction must be rolled back */
    boolean book(NewBooking booking, Instant now) {
        NewSessions sessions = booking.sessions();
        return sessions.bind(jdbc.sql("""
                        WITH allocation AS (
                            INSERT INTO trainer_allocations (id, purchase_id, student_id, course_id, trainer_id, status,
                                                             created_at, approved_at)
                            VALUES (:id, :purchaseId, :studentId, :courseId, :trainerId, 'approved', :now, :now)
                            ON CONFLICT (purchase_id) DO UPDATE
                            SET trainer_id = excluded.trainer_id, status = 'approved', reason = NULL,
                                approved_at = excluded.approved_at
                            WHERE trainer_allocations.status = 'waiting'
                            RETURNING id
                        ), session AS (
                            %s
                        ), trainer AS (
                            UPDATE trainers SET active_allocations = active_allocations + 1
                            WHERE id = :trainerId AND is_active
                            RETURNING id
                        )
                        SELECT (SELECT count(*) FROM allocation) = 1
                           AND (SELECT count(*) FROM session) = :count
                           AND (SELECT count(*) FROM trainer) = 1
                        """.formatted(NewSessions.INSERT)), now)
                .param("id", booking.allocationId())
                .param("purchaseId", booking.purchase().id())
                .param("count", sessions.plan().size())
                .query(Boolean.class)
                .single();
    }

    /** @return whether the allocation waits; if not, it was changed concurrently */
    boolean keepWaiting(UUID allocationId, Purchase purchase, NoTrainerReason reason, Instant now) {
        return jdbc.sql("""
                        INSERT INTO trainer_allocations (id, purchase_id, student_id, course_id, status, reason, created_at)
                        VALUES (:id, :purchaseId, :studentId, :courseId, 'waiting', :reason, :now)
                        ON CONFLICT (purchase_id) DO UPDATE SET reason = excluded.reason
                        WHERE trainer_allocations.status = 'waiting'
                        """)
                        .param("id", allocationId)
                        .param("purchaseId", purchase.id())
                        .param("studentId", purchase.studentId())
                        .param("courseId", purchase.courseId())
                        .param("reason", reason.name())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private static String multirange(List<PlannedSession> plan) {
        return plan.stream()
                .map(session -> "[%s,%s)".formatted(session.startsAt(), session.endsAt()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Purchase purchase(ResultSet row) throws SQLException {
        UUID allocationId = row.getObject("allocation_id", UUID.class);
        return new Purchase(
                row.getObject("id", UUID.class),
                row.getObject("payment_id", UUID.class),
                row.getString("student_id"),
                row.getString("course_id"),
                row.getBoolean("is_active"),
                requirements(row),
                allocationId == null
                        ? null
                        : new Existing(
                                allocationId,
                                AllocationStatus.of(row.getString("status")).orElseThrow(),
                                row.getString("trainer_id")));
    }

    /** Reads columns of course, purchase and payment. */
    static TrainerRequirements requirements(ResultSet row) throws SQLException {
        return new TrainerRequirements(
                row.getString("skill"),
                row.getInt("purchase_tier"),
                TimeSlot.parse(row.getString("time_slot")).orElseThrow(),
                row.getObject("start_date", LocalDate.class),
                ZoneId.of(row.getString("time_zone")));
    }

    private static Trainer trainer(ResultSet row, String skill) throws SQLException {
        OffsetDateTime from = row.getObject("starts_at", OffsetDateTime.class);
        OffsetDateTime until = row.getObject("ends_at", OffsetDateTime.class);
        List<Availability> availability = new ArrayList<>();
        for (Object work : (Object[]) row.getArray("availability").getArray()) {
            Integer[] columns = (Integer[]) work;
            availability.add(new Availability(DayOfWeek.of(columns[0]), columns[1], columns[2]));
        }
        return new Trainer(
                row.getString("id"),
                Set.of(skill),
                ZoneId.of(row.getString("time_zone")),
                availability,
                row.getInt("active_allocations"),
                from == null || until == null ? List.of() : List.of(new Booking(from.toInstant(), until.toInstant())));
    }
}
