package dev.tidings.backend.deadletters;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of jobs. */
@Repository
class JobTable {
    private final JdbcClient jdbc;

    JobTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return false if another job is running; nothing is inserted then */
    boolean insert(DeadLetterJob job) {
        return jdbc.sql("""
                        INSERT INTO dead_letter_job (id, action, consumer, topic, event_type, requested_by, requested_at, status,
                                                     matching, leased_until)
                        VALUES (:id, :action, :consumer, :topic, :eventType, :by, :at, 'running', :matching, :at)
                        ON CONFLICT DO NOTHING
                        """)
                        .param("id", job.id())
                        .param("action", job.actionName())
                        .param("consumer", job.filter().consumer(), Types.VARCHAR)
                        .param("topic", job.filter().topic(), Types.VARCHAR)
                        .param("eventType", job.filter().eventType(), Types.VARCHAR)
                        .param("by", job.requestedBy())
                        .param("at", utc(job.requestedAt()))
                        .param("matching", job.matching())
                        .update()
                == 1;
    }

    Optional<DeadLetterJob> find(UUID id) {
        return jdbc.sql("SELECT * FROM dead_letter_job WHERE id = :id")
                .param("id", id)
                .query((row, n) -> job(row))
                .optional();
    }

    Optional<DeadLetterJob> running() {
        return jdbc.sql("SELECT * FROM dead_letter_job WHERE status = 'running'")
                .query((row, n) -> job(row))
                .optional();
    }

    /** Returns a page, newest first. */
    List<DeadLetterJob> page(@Nullable UUID before, int limit) {
        return jdbc.sql("""
                        SELECT * FROM dead_letter_job WHERE :before::uuid IS NULL OR id < :before
                        ORDER BY id DESC LIMIT :limit
                        """)
                .param("before", before, Types.OTHER)
                .param("limit", limit)
                .query((row, n) -> job(row))
                .list();
    }

    /** Leases the running job; empty if there is none, or another replica has it. */
    Optional<DeadLetterJob> lease(Instant now, Duration lease) {
        return jdbc.sql("""
                        UPDATE dead_letter_job SET leased_until = :until
                        WHERE status = 'running' AND leased_until <= :now
                        RETURNING *
                        """)
                .param("now", utc(now))
                .param("until", utc(now.plus(lease)))
                .query((row, n) -> job(row))
                .optional();
    }

    /** Ends the lease of a job, so that another replica may continue at once. */
    void release(UUID id, Instant now) {
        jdbc.sql("UPDATE dead_letter_job SET leased_until = :now WHERE id = :id")
                .param("id", id)
                .param("now", utc(now))
                .update();
    }

    /**
     * Records that letters were handled, and extends the lease.
     *
     * @param previous state of the job before the letters
     * @return empty if the job was stopped, or another replica has gone on with it
     */
    Optional<DeadLetterJob> advance(
            DeadLetterJob previous, UUID lastId, int succeeded, int failed, Instant leasedUntil) {
        return jdbc.sql("""
                        UPDATE dead_letter_job
                        SET last_id = :lastId, succeeded = succeeded + :succeeded, failed = failed + :failed, waits_for = NULL,
                            leased_until = :until
                        WHERE id = :id AND status = 'running' AND last_id IS NOT DISTINCT FROM :previous::uuid
                        RETURNING *
                        """)
                .param("id", previous.id())
                .param("lastId", lastId)
                .param("succeeded", succeeded)
                .param("failed", failed)
                .param("previous", previous.lastId(), Types.OTHER)
                .param("until", utc(leasedUntil))
                .query((row, n) -> job(row))
                .optional();
    }

    /** Records why a running job waits, and extends the lease. Returns false if it no longer runs. */
    boolean waits(UUID id, String reason, Instant leasedUntil) {
        return jdbc.sql("""
                        UPDATE dead_letter_job SET waits_for = :reason, leased_until = :until
                        WHERE id = :id AND status = 'running'
                        """)
                        .param("id", id)
                        .param("reason", reason)
                        .param("until", utc(leasedUntil))
                        .update()
                == 1;
    }

    /** @return the job after its end; empty if it had ended before */
    Optional<DeadLetterJob> end(UUID id, String status, Instant now) {
        return jdbc.sql("""
                        UPDATE dead_letter_job SET status = :status, waits_for = NULL, ended_at = :now
                        WHERE id = :id AND status = 'running'
                        RETURNING *
                        """)
                .param("id", id)
                .param("status", status)
                .param("now", utc(now))
                .query((row, n) -> job(row))
                .optional();
    }

    private static DeadLetterJob job(ResultSet row) throws SQLException {
        OffsetDateTime endedAt = row.getObject("ended_at", OffsetDateTime.class);
        return new DeadLetterJob(
                row.getObject("id", UUID.class),
                DeadLetterJob.Action.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
                new DeadLetterFilter(
                        DeadLetterFilter.OPEN,
                        row.getString("consumer"),
                        row.getString("topic"),
                        row.getString("event_type")),
                row.getString("requested_by"),
                Objects.requireNonNull(row.getObject("requested_at", OffsetDateTime.class))
                        .toInstant(),
                row.getString("status"),
                row.getInt("matching"),
                row.getObject("last_id", UUID.class),
                row.getInt("succeeded"),
                row.getInt("failed"),
                row.getString("waits_for"),
                endedAt == null ? null : endedAt.toInstant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
