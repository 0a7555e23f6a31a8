package dev.tidings.backend.allocations;

import dev.tidings.backend.allocations.Purchase.TrainerRequirements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of existing allocations. */
@Repository
class AllocationTable {
    private final JdbcClient jdbc;

    AllocationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An allocation that waits for a trainer. */
    record WaitingPurchase(UUID allocationId, UUID purchaseId, TrainerRequirements requirements) {}

    /** Returns waiting allocations, oldest first. */
    List<WaitingPurchase> waiting(@Nullable UUID after, int limit) {
        return jdbc.sql("""
                        SELECT allocation.id, allocation.purchase_id, course.skill, purchase.purchase_tier,
                               payment.time_slot, payment.start_date, payment.time_zone
                        FROM trainer_allocations allocation
                        JOIN student_course_purchases purchase ON purchase.id = allocation.purchase_id
                        JOIN payments payment ON payment.id = purchase.payment_id
                        JOIN courses course ON course.id = purchase.course_id
                        WHERE allocation.status = 'waiting' AND (:after::uuid IS NULL OR allocation.id > :after)
                        ORDER BY allocation.id
                        LIMIT :limit
                        """)
                .param("after", after, Types.OTHER)
                .param("limit", limit)
                .query((row, n) -> new WaitingPurchase(
                        row.getObject("id", UUID.class),
                        row.getObject("purchase_id", UUID.class),
                        BookingTable.requirements(row)))
                .list();
    }

    Optional<Allocation> find(UUID id) {
        return jdbc.sql("SELECT * FROM trainer_allocations WHERE id = :id")
                .param("id", id)
                .query((row, n) -> allocation(row))
                .optional();
    }

    /**
     * Returns a page, newest first.
     *
     * @param status null for all
     */
    List<Allocation> page(@Nullable AllocationStatus status, @Nullable UUID before, int limit) {
        return jdbc.sql("""
                        SELECT * FROM trainer_allocations
                        WHERE (:status::text IS NULL OR status = :status) AND (:before::uuid IS NULL OR id < :before)
                        ORDER BY id DESC
                        LIMIT :limit
                        """)
                .param("status", status == null ? null : status.wireName(), Types.VARCHAR)
                .param("before", before, Types.OTHER)
                .param("limit", limit)
                .query((row, n) -> allocation(row))
                .list();
    }

    /** Locks the purchase of the allocation until the end of the transaction. */
    void lockPurchaseOf(UUID id) {
        jdbc.sql("""
                        SELECT purchase.id
                        FROM trainer_allocations allocation
                        JOIN student_course_purchases purchase ON purchase.id = allocation.purchase_id
                        WHERE allocation.id = :id
                        FOR UPDATE OF purchase
                        """).param("id", id).query(UUID.class).optional();
    }

    /** Cancels the allocation and its future sessions and deactivates the purchase. Does nothing if the allocation has ended. */
    void cancel(UUID id, Instant now) {
        jdbc.sql("""
                        WITH ended AS (
                            UPDATE trainer_allocations SET status = 'cancelled', reason = NULL, ended_at = :now
                            WHERE id = :id AND status IN ('waiting', 'approved', 'active')
                            RETURNING id, purchase_id, trainer_id
                        ), given_back AS (
                            UPDATE tutoring_sessions SET status = 'cancelled'
                            WHERE allocation_id IN (SELECT id FROM ended) AND status = 'scheduled'
                        ), unloaded AS (
                            UPDATE trainers SET active_allocations = active_allocations - 1
                            WHERE id IN (SELECT trainer_id FROM ended)
                        )
                        UPDATE student_course_purchases SET is_active = false
                        WHERE id IN (SELECT purchase_id FROM ended)
                        """).param("id", id).param("now", now.atOffset(ZoneOffset.UTC)).update();
    }

    /** Sets the status after a session took place: active, or completed after the last session of the tier. */
    void progress(UUID id, Instant now) {
        jdbc.sql("""
                        WITH held AS (
                            SELECT count(*) FILTER (WHERE status = 'completed') AS completed,
                                   count(*) FILTER (WHERE status = 'scheduled') AS ahead
                            FROM tutoring_sessions
                            WHERE allocation_id = :id
                        ), progressed AS (
                            UPDATE trainer_allocations allocation
                            SET status = CASE WHEN complete THEN 'completed' ELSE 'active' END,
                                ended_at = CASE WHEN complete THEN :now::timestamptz END
                            FROM (
                                SELECT purchase.id, held.ahead = 0 AND held.completed >= purchase.purchase_tier AS complete
                                FROM held, student_course_purchases purchase) state
                            WHERE allocation.id = :id AND allocation.purchase_id = state.id
                              AND allocation.status IN ('approved', 'active')
                            RETURNING allocation.status, allocation.purchase_id, allocation.trainer_id
                        ), unloaded AS (
                            UPDATE trainers SET active_allocations = active_allocations - 1
                            WHERE id IN (SELECT trainer_id FROM progressed WHERE status = 'completed')
                        )
                        UPDATE student_course_purchases SET is_active = false
                        WHERE id IN (SELECT purchase_id FROM progressed WHERE status = 'completed')
                        """).param("id", id).param("now", now.atOffset(ZoneOffset.UTC)).update();
    }

    private static Allocation allocation(ResultSet row) throws SQLException {
        return new Allocation(
                row.getObject("id", UUID.class),
                row.getObject("purchase_id", UUID.class),
                row.getString("student_id"),
                row.getString("course_id"),
                row.getString("trainer_id"),
                AllocationStatus.of(row.getString("status")).orElseThrow(),
                row.getString("reason"),
                Objects.requireNonNull(instant(row, "created_at")),
                instant(row, "approved_at"),
                instant(row, "ended_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
