package dev.tidings.backend.payments;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of payments. */
@Repository
class PaymentTable {
    private static final int READ_AT_ONCE = 5_000;
    private static final UUID LAST = new UUID(-1, -1);

    private final JdbcClient jdbc;

    PaymentTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A course on offer, for a student.
     *
     * @param price null if the course is not sold in that tier
     * @param owned whether the student already has the course
     */
    record Offer(String timeZone, @Nullable BigDecimal price, boolean owned) {}

    /** Returns empty if no such course is on offer. */
    Optional<Offer> offer(String courseId, int tier, String studentId) {
        return jdbc.sql("""
                        SELECT time_zone, price, EXISTS (
                            SELECT FROM student_course_purchases owned
                            WHERE owned.student_id = :studentId AND owned.course_id = courses.id AND owned.is_active) AS owned
                        FROM courses LEFT JOIN course_tiers ON course_id = id AND tier = :tier
                        WHERE id = :courseId AND is_active
                        """)
                .param("courseId", courseId)
                .param("tier", tier)
                .param("studentId", studentId)
                .query((row, n) ->
                        new Offer(row.getString("time_zone"), row.getBigDecimal("price"), row.getBoolean("owned")))
                .optional();
    }

    void insert(Payment payment) {
        jdbc.sql("""
                        INSERT INTO payments (id, student_id, course_id, purchase_tier, amount, time_slot, start_date,
                                              time_zone, status, created_at)
                        VALUES (:id, :studentId, :courseId, :tier, :amount, :timeSlot, :startDate, :timeZone, :status,
                                :createdAt)
                        """)
                .param("id", payment.id())
                .param("studentId", payment.studentId())
                .param("courseId", payment.courseId())
                .param("tier", payment.tier())
                .param("amount", payment.amount())
                .param("timeSlot", payment.timeSlot())
                .param("startDate", payment.startDate())
                .param("timeZone", payment.timeZone())
                .param("status", payment.status().wireName())
                .param("createdAt", payment.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * Locks all payments of the student for the same course until the end of the transaction, in the order of their ids, so that
     * the second of two concurrent confirmations sees the result of the first.
     *
     * @param studentId owner of the payment; null for any owner
     * @return the current state of the payment
     */
    Optional<Payment> lockWithRivals(UUID id, @Nullable String studentId) {
        return jdbc
                .sql("""
                        SELECT payments.* FROM payments
                        JOIN payments AS wanted USING (student_id, course_id)
                        WHERE wanted.id = :id AND (:studentId::text IS NULL OR student_id = :studentId)
                        ORDER BY payments.id
                        FOR UPDATE OF payments
                        """)
                .param("id", id)
                .param("studentId", studentId, Types.VARCHAR)
                .query((row, n) -> payment(row))
                .list()
                .stream()
                .filter(payment -> payment.id().equals(id))
                .findFirst();
    }

    /**
     * Returns whether the student has the course of a payment, or another payment for it succeeded and its purchase is pending.
     *
     * @param since earliest confirmation of the other payment: an older one without a purchase has failed, and operators settle it
     */
    boolean isOwned(Payment payment, Instant since) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM student_course_purchases
                                       WHERE student_id = :studentId AND course_id = :courseId AND is_active)
                            OR EXISTS (SELECT FROM payments AS other
                                       WHERE student_id = :studentId AND course_id = :courseId AND id <> :id
                                         AND status = 'succeeded' AND confirmed_at > :since
                                         AND NOT EXISTS (SELECT FROM student_course_purchases
                                                         WHERE payment_id = other.id))
                        """)
                .param("id", payment.id())
                .param("studentId", payment.studentId())
                .param("courseId", payment.courseId())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** @param paidAt null if the payment provider did not confirm */
    Payment succeed(UUID id, Instant now, @Nullable Instant paidAt) {
        return jdbc.sql("""
                        UPDATE payments SET status = 'succeeded', confirmed_at = :now, paid_at = :paidAt
                        WHERE id = :id
                        RETURNING *
                        """)
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("paidAt", paidAt == null ? null : paidAt.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .query((row, n) -> payment(row))
                .single();
    }

    /** Records a paid payment that must be refunded: it becomes cancelled and keeps the time at which it was paid. */
    void markForRefund(UUID id, Instant now) {
        jdbc.sql("""
                        UPDATE payments
                        SET status = 'cancelled', cancelled_at = coalesce(cancelled_at, :now), paid_at = :now
                        WHERE id = :id
                        """).param("id", id).param("now", now.atOffset(ZoneOffset.UTC)).update();
    }

    void cancel(UUID id, String studentId, Instant now) {
        jdbc.sql("""
                        UPDATE payments SET status = 'cancelled', cancelled_at = :now
                        WHERE id = :id AND status = 'pending' AND student_id = :studentId
                        """)
                .param("id", id)
                .param("studentId", studentId)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** @param studentId owner of the payment; null for any owner */
    Optional<Payment> find(UUID id, @Nullable String studentId) {
        return jdbc.sql("""
                        SELECT * FROM payments
                        WHERE id = :id AND (:studentId::text IS NULL OR student_id = :studentId)
                        """)
                .param("id", id)
                .param("studentId", studentId, Types.VARCHAR)
                .query((row, n) -> payment(row))
                .optional();
    }

    /** Returns a page, newest first. */
    List<Payment> page(String studentId, @Nullable UUID before, int limit) {
        return jdbc.sql("""
                        SELECT * FROM payments
                        WHERE student_id = :studentId AND (:before::uuid IS NULL OR id < :before)
                        ORDER BY id DESC
                        LIMIT :limit
                        """)
                .param("studentId", studentId)
                .param("before", before, Types.OTHER)
                .param("limit", limit)
                .query((row, n) -> payment(row))
                .list();
    }

    /**
     * Returns paid payments without a purchase, newest first: succeeded ones, and cancelled ones that must be refunded. Reads the next
     * {@value #READ_AT_ONCE} payments only, because almost all have a purchase.
     */
    List<Payment> withoutPurchase(@Nullable UUID before, int limit) {
        return jdbc.sql("""
                        SELECT * FROM (SELECT * FROM payments WHERE id < :before ORDER BY id DESC LIMIT :read) AS payments
                        WHERE (status = 'succeeded' OR status = 'cancelled' AND paid_at IS NOT NULL)
                          AND NOT EXISTS (SELECT FROM student_course_purchases WHERE payment_id = payments.id)
                        ORDER BY id DESC
                        LIMIT :limit
                        """)
                .param("before", before == null ? LAST : before)
                .param("read", READ_AT_ONCE)
                .param("limit", limit)
                .query((row, n) -> payment(row))
                .list();
    }

    /** Returns the id of the last payment that {@link #withoutPurchase} reads; empty if it reads to the end. */
    Optional<UUID> readUpTo(@Nullable UUID before) {
        return jdbc.sql("SELECT id FROM payments WHERE id < :before ORDER BY id DESC LIMIT 1 OFFSET :skip")
                .param("before", before == null ? LAST : before)
                .param("skip", READ_AT_ONCE - 1)
                .query((row, n) -> row.getObject("id", UUID.class))
                .optional();
    }

    private static Payment payment(ResultSet row) throws SQLException {
        return new Payment(
                row.getObject("id", UUID.class),
                row.getString("student_id"),
                row.getString("course_id"),
                row.getInt("purchase_tier"),
                row.getBigDecimal("amount"),
                row.getString("time_slot"),
                row.getObject("start_date", LocalDate.class),
                row.getString("time_zone"),
                PaymentStatus.of(row.getString("status")),
                Objects.requireNonNull(row.getObject("created_at", OffsetDateTime.class))
                        .toInstant(),
                instant(row, "confirmed_at"),
                instant(row, "paid_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
