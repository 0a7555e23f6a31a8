package dev.tidings.messaging.outbox;

import dev.tidings.sidecar.OutgoingEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores the outbox in the schema of the data source. Safe for any thread. */
final class PostgresOutboxStore implements OutboxStore {
    private static final int MAX_REASON_CHARS = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    PostgresOutboxStore(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Override
    public Set<Integer> lease(UUID relay, Duration duration) {
        return transaction.execute(status -> {
            int share = Slots.fairShare(countLive(relay, duration));
            Set<Integer> held = renew(relay, duration);
            List<Integer> surplus = held.stream().skip(share).toList();
            if (!surplus.isEmpty()) {
                returnSlots(relay, surplus);
                surplus.forEach(held::remove);
            } else if (held.size() < share) {
                held.addAll(claimFree(relay, duration, share - held.size()));
            }
            return held;
        });
    }

    private int countLive(UUID relay, Duration duration) {
        jdbc.sql("""
                        INSERT INTO outbox_relay (relay, alive_until)
                        VALUES (:relay, now() + :lease * interval '1 millisecond')
                        ON CONFLICT (relay) DO UPDATE SET alive_until = excluded.alive_until
                        """).param("relay", relay).param("lease", duration.toMillis()).update();
        jdbc.sql("""
                        DELETE FROM outbox_relay WHERE relay IN (
                            SELECT relay FROM outbox_relay WHERE alive_until < now() FOR UPDATE SKIP LOCKED)
                        """).update();
        return jdbc.sql("SELECT count(*) FROM outbox_relay WHERE alive_until >= now()")
                .query(Integer.class)
                .single();
    }

    /** Renews expired leases too, unless another relay has claimed the slot. */
    private Set<Integer> renew(UUID relay, Duration duration) {
        return new TreeSet<>(jdbc.sql("""
                        UPDATE outbox_slot SET lease_until = now() + :lease * interval '1 millisecond'
                        WHERE relay = :relay RETURNING slot
                        """)
                .param("relay", relay)
                .param("lease", duration.toMillis())
                .query((row, n) -> row.getInt("slot"))
                .list());
    }

    private void returnSlots(UUID relay, List<Integer> slots) {
        jdbc.sql("""
                        UPDATE outbox_slot SET relay = NULL, lease_until = '-infinity'
                        WHERE relay = :relay AND slot IN (:slots)
                        """).param("relay", relay).param("slots", slots).update();
    }

    private List<Integer> claimFree(UUID relay, Duration duration, int wanted) {
        return jdbc.sql("""
                        UPDATE outbox_slot SET relay = :relay, lease_until = now() + :lease * interval '1 millisecond'
                        WHERE slot IN (
                            SELECT slot FROM outbox_slot WHERE lease_until < now()
                            ORDER BY slot LIMIT :wanted FOR UPDATE SKIP LOCKED)
                        RETURNING slot
                        """)
                .param("relay", relay)
                .param("lease", duration.toMillis())
                .param("wanted", wanted)
                .query((row, n) -> row.getInt("slot"))
                .list();
    }

    @Override
    public void release(UUID relay) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("UPDATE outbox_slot SET relay = NULL, lease_until = '-infinity' WHERE relay = :relay")
                    .param("relay", relay)
                    .update();
            jdbc.sql("DELETE FROM outbox_relay WHERE relay = :relay")
                    .param("relay", relay)
                    .update();
        });
    }

    @Override
    public List<OutgoingEvent> waiting(Selection selection) {
        List<OrderingKey> keys = List.copyOf(selection.exceptKeys());
        return jdbc.sql("""
                        SELECT id, topic, key, type, payload, traceparent, created_at
                        FROM (SELECT *, sum(bytes) OVER (ORDER BY position) - bytes AS bytes_before
                              FROM (SELECT *, octet_length(payload::text) AS bytes
                                    FROM outbox
                                    WHERE published_at IS NULL
                                      AND slot = ANY (:slots)
                                      AND topic <> ALL (:topics)
                                      AND NOT EXISTS (SELECT FROM unnest(:blockedTopics, :blockedKeys) AS blocked (topic, key)
                                                      WHERE blocked.topic = outbox.topic AND blocked.key = outbox.key)
                                    ORDER BY position
                                    LIMIT :limit) oldest) measured
                        WHERE bytes_before < :maxBytes
                        ORDER BY position
                        """)
                .param("slots", array("int2", selection.slots()))
                .param("topics", array("text", selection.exceptTopics()))
                .param(
                        "blockedTopics",
                        array("text", keys.stream().map(OrderingKey::topic).toList()))
                .param(
                        "blockedKeys",
                        array("text", keys.stream().map(OrderingKey::key).toList()))
                .param("limit", selection.limit())
                .param("maxBytes", selection.maxBytes())
                .query((row, n) -> event(row))
                .list();
    }

    @Override
    public void markPublished(Collection<UUID> ids) {
        jdbc.sql("""
                        UPDATE outbox SET published_at = clock_timestamp()
                        FROM set_config('synchronous_commit', 'off', true)
                        WHERE id = ANY (:ids) AND published_at IS NULL
                        """).param("ids", array("uuid", ids)).update();
    }

    @Override
    public void recordRejection(Map<UUID, String> reasonById) {
        List<UUID> ids = List.copyOf(reasonById.keySet());
        List<String> reasons =
                ids.stream().map(id -> abbreviated(reasonById.get(id))).toList();
        jdbc.sql("""
                        UPDATE outbox SET attempts = attempts + 1, last_error = refused.reason
                        FROM unnest(:ids, :reasons) AS refused (id, reason)
                        WHERE outbox.id = refused.id
                        """)
                .param("ids", array("uuid", ids))
                .param("reasons", array("text", reasons))
                .update();
    }

    private static SqlArrayValue array(String type, Collection<?> values) {
        return new SqlArrayValue(type, values.toArray());
    }

    /** Shortens the reason and removes NUL, which PostgreSQL rejects. */
    private static String abbreviated(@Nullable String reason) {
        String text = String.valueOf(reason).replace('\0', ' ');
        return text.length() <= MAX_REASON_CHARS ? text : text.substring(0, MAX_REASON_CHARS);
    }

    private static OutgoingEvent event(ResultSet row) throws SQLException {
        return new OutgoingEvent(
                row.getObject("id", UUID.class),
                row.getString("topic"),
                row.getString("key"),
                row.getString("type"),
                row.getString("payload"),
                row.getString("traceparent"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
