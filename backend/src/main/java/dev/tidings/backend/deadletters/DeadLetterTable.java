package dev.tidings.backend.deadletters;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.sidecar.EventNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of dead letters. */
@Repository
class DeadLetterTable {
    /** Number of failed attempts after which the sidecar of a worker gives up; the same as in resiliency.yaml. */
    private static final int ATTEMPTS = 4;

    private final JdbcClient jdbc;

    DeadLetterTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param attempts number of failed attempts */
    record WorkerFailure(String consumer, String error, int attempts) {}

    /** Returns the workers that gave up on the event and have not processed it since. */
    List<WorkerFailure> failures(DeadLetter.FailedEvent event) {
        return jdbc.sql("""
                        SELECT source, reason, attempts FROM event_failure AS failure
                        WHERE event_id = :id AND event_source = :source AND (permanent OR attempts >= :attempts)
                          AND NOT EXISTS (SELECT FROM processed_events AS processed
                                          WHERE processed.event_id = failure.event_id
                                            AND processed.event_source = failure.event_source
                                            AND processed.source = failure.source)
                        ORDER BY source
                        """)
                .param("id", event.eventId())
                .param("source", event.eventSource())
                .param("attempts", ATTEMPTS)
                .query((row, n) ->
                        new WorkerFailure(row.getString("source"), row.getString("reason"), row.getInt("attempts")))
                .list();
    }

    /**
     * Inserts a dead letter. An existing one is opened again if its consumer has failed more often since; otherwise it keeps its
     * status.
     *
     * @param failure null if no worker has processed or rejected the event
     */
    void upsert(DeadLetter.FailedEvent event, @Nullable WorkerFailure failure, String error, Instant now) {
        jdbc.sql("""
                        INSERT INTO dead_letter AS letter
                            (id, event_source, event_id, event_type, topic, event_key, event_time, correlation_id, consumer,
                             error, attempts, event, status, received_at, changed_at)
                        VALUES (:id, :source, :eventId, :type, :topic, :key, :time, :correlationId, :consumer,
                                :error, :attempts, :event, 'open', :now, :now)
                        ON CONFLICT (event_source, event_id, consumer) DO UPDATE
                        SET error = excluded.error, attempts = excluded.attempts, status = 'open', changed_at = excluded.changed_at
                        WHERE excluded.attempts > letter.attempts OR (letter.consumer IS NULL AND letter.status <> 'open')
                        """)
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("source", event.eventSource())
                .param("eventId", event.eventId())
                .param("type", event.eventType())
                .param("topic", event.topic())
                .param("key", event.eventKey())
                .param("time", utc(event.eventTime()))
                .param("correlationId", event.correlationId())
                .param("consumer", failure == null ? null : failure.consumer())
                .param("error", error)
                .param("attempts", failure == null ? 0 : failure.attempts())
                .param("event", event.event())
                .param("now", utc(now))
                .update();
    }

    Optional<DeadLetter> find(UUID id) {
        return jdbc.sql("SELECT * FROM dead_letter WHERE id = :id")
                .param("id", id)
                .query((row, n) -> deadLetter(row))
                .optional();
    }

    /** Returns a page, newest first. */
    List<DeadLetter> page(DeadLetterFilter filter, @Nullable UUID before, int limit) {
        return jdbc.sql(pageSql(filter, before))
                .params(filter.parameters())
                .params(before == null ? Map.of() : Map.of("before", before))
                .param("limit", limit)
                .query((row, n) -> deadLetter(row))
                .list();
    }

    static String pageSql(DeadLetterFilter filter, @Nullable UUID before) {
        return "SELECT * FROM dead_letter WHERE %s%s ORDER BY id DESC LIMIT :limit"
                .formatted(filter.where(), before == null ? "" : " AND id < :before");
    }

    /** Counts the dead letters of the filter, up to the limit. */
    int count(DeadLetterFilter filter, int limit) {
        return jdbc.sql("SELECT count(*) FROM (SELECT FROM dead_letter WHERE %s LIMIT :limit) AS letters"
                        .formatted(filter.where()))
                .params(filter.parameters())
                .param("limit", limit)
                .query(Integer.class)
                .single();
    }

    /** Returns the oldest dead letters of the filter between two ids, both excluded. */
    List<DeadLetter> between(DeadLetterFilter filter, @Nullable UUID after, UUID before, int limit) {
        return jdbc.sql("SELECT * FROM dead_letter WHERE %s AND id < :before AND id > :after ORDER BY id LIMIT :limit"
                        .formatted(filter.where()))
                .params(filter.parameters())
                .param("before", before)
                .param("after", after == null ? new UUID(0, 0) : after)
                .param("limit", limit)
                .query((row, n) -> deadLetter(row))
                .list();
    }

    /**
     * Discards the oldest open dead letters of the filter between two ids, both excluded, and records the action of each.
     *
     * @return their ids, in ascending order
     */
    List<UUID> discardBetween(
            DeadLetterFilter filter, @Nullable UUID after, UUID before, int limit, DeadLetter.DeadLetterAction action) {
        return jdbc.sql("""
                        WITH letters AS (
                            SELECT id FROM dead_letter WHERE %s AND id < :before AND id > :after
                            ORDER BY id LIMIT :limit FOR UPDATE),
                        discarded AS (
                            UPDATE dead_letter SET status = 'discarded', changed_at = :at FROM letters
                            WHERE dead_letter.id = letters.id
                            RETURNING dead_letter.id),
                        actions AS (
                            INSERT INTO dead_letter_action (dead_letter_id, at, actor, action, result)
                            SELECT id, :at, :actor, :action, :result FROM discarded)
                        SELECT id FROM discarded ORDER BY id
                        """.formatted(filter.where()))
                .params(filter.parameters())
                .param("before", before)
                .param("after", after == null ? new UUID(0, 0) : after)
                .param("limit", limit)
                .param("at", utc(action.at()))
                .param("actor", action.actor())
                .param("action", action.action())
                .param("result", action.result(), Types.VARCHAR)
                .query((row, n) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Returns the topics of open dead letters without a consumer. */
    List<String> topicsWithoutConsumer() {
        return jdbc.sql("""
                        SELECT DISTINCT topic FROM dead_letter
                        WHERE status = 'open' AND consumer IS NULL AND topic <> :unknown
                        """)
                .param("unknown", EventNames.UNKNOWN)
                .query((row, n) -> row.getString(1))
                .list();
    }

    /**
     * Returns open dead letters without a consumer: those with the fewest replays first, then the oldest.
     *
     * @param before upper bound of the last change, replays included
     */
    List<DeadLetter> withoutConsumer(String topic, Instant before, int limit) {
        return jdbc.sql("""
                        SELECT * FROM dead_letter
                        WHERE status = 'open' AND consumer IS NULL AND topic = :topic AND changed_at < :before
                        ORDER BY replays, id LIMIT :limit
                        """)
                .param("topic", topic)
                .param("before", utc(before))
                .param("limit", limit)
                .query((row, n) -> deadLetter(row))
                .list();
    }

    List<DeadLetter.DeadLetterAction> actions(UUID id) {
        return jdbc.sql(
                        "SELECT at, actor, action, result FROM dead_letter_action WHERE dead_letter_id = :id ORDER BY at")
                .param("id", id)
                .query((row, n) -> new DeadLetter.DeadLetterAction(
                        Objects.requireNonNull(instant(row, "at")),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("result")))
                .list();
    }

    /** @param error error of a worker that failed again; null keeps the last error */
    void replayed(UUID id, boolean succeeded, @Nullable String error, Instant now) {
        jdbc.sql("""
                        UPDATE dead_letter
                        SET status = CASE WHEN :succeeded THEN 'replayed' ELSE status END,
                            error = coalesce(:error, error), attempts = attempts + CASE WHEN :error IS NULL THEN 0 ELSE 1 END,
                            changed_at = :now, replays = replays + 1
                        WHERE id = :id AND status <> 'discarded'
                        """)
                .param("id", id)
                .param("succeeded", succeeded)
                .param("error", error, Types.VARCHAR)
                .param("now", utc(now))
                .update();
    }

    /** @return false if no dead letter was discarded */
    boolean discard(UUID id, Instant now) {
        return jdbc.sql("""
                        UPDATE dead_letter SET status = 'discarded', changed_at = :now
                        WHERE id = :id AND status <> 'discarded'
                        """).param("id", id).param("now", utc(now)).update() == 1;
    }

    void addAction(UUID id, DeadLetter.DeadLetterAction action) {
        jdbc.sql("""
                        INSERT INTO dead_letter_action (dead_letter_id, at, actor, action, result)
                        VALUES (:id, :at, :actor, :action, :result)
                        """)
                .param("id", id)
                .param("at", utc(action.at()))
                .param("actor", action.actor())
                .param("action", action.action())
                .param("result", action.result())
                .update();
    }

    /** Counts later events of the same key and topic that the consumer has processed. */
    int laterProcessed(DeadLetter letter, String consumer) {
        return jdbc.sql("""
                        SELECT count(*) FROM processed_events
                        WHERE event_key = :key AND topic = :topic AND source = :consumer AND event_time > :time
                        """)
                .param("key", letter.eventKey())
                .param("topic", letter.topic())
                .param("consumer", consumer)
                .param("time", utc(letter.eventTime()))
                .query(Integer.class)
                .single();
    }

    private static DeadLetter deadLetter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getObject("id", UUID.class),
                row.getString("event_source"),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getString("topic"),
                row.getString("event_key"),
                instant(row, "event_time"),
                row.getString("correlation_id"),
                row.getString("consumer"),
                row.getString("error"),
                row.getInt("attempts"),
                row.getString("event"),
                row.getString("status"),
                Objects.requireNonNull(instant(row, "received_at")),
                Objects.requireNonNull(instant(row, "changed_at")),
                row.getInt("replays"));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
