package dev.tidings.websocket.log;

import dev.tidings.websocket.log.PartitionPlan.Range;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Creates the partitions of the log ahead of time and drops those that are older than the retention.
 *
 * <p>Runs at start and every few minutes on every replica; advisory locks allow one replica at a time. There is no default
 * partition, because with one PostgreSQL cannot detach partitions concurrently, that is without blocking writers.
 */
@Component
@DependsOnDatabaseInitialization
class LogRetention implements InitializingBean {
    private static final Logger log = LoggerFactory.getLogger(LogRetention.class);

    /** Advisory locks that nothing else in this database uses. */
    private static final long CREATING = 0x7469_6469_6e67_7301L;

    private static final long CLEANING = 0x7469_6469_6e67_7302L;

    private static final int PRUNED_PER_STATEMENT = 5_000;
    private static final String PREFIX = "business_event_log_p";

    private record Partition(String name, Range range, boolean pendingDetach) {}

    private final DataSource dataSource;
    private final PartitionPlan plan;
    private final Duration dedupeRetention;

    LogRetention(DataSource dataSource, LogSettings settings) {
        this.dataSource = dataSource;
        this.plan = new PartitionPlan(settings.retention());
        this.dedupeRetention = settings.dedupeRetention();
    }

    /** Creates the first partitions before the first event. */
    @Override
    public void afterPropertiesSet() {
        createPartitions();
    }

    @Scheduled(fixedDelay = 10, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void run() {
        try {
            onOneConnection(jdbc -> {
                if (locked(jdbc, "SELECT pg_try_advisory_lock(?)", CLEANING)) {
                    try {
                        dropOldPartitions(jdbc);
                        prune(jdbc);
                    } finally {
                        locked(jdbc, "SELECT pg_advisory_unlock(?)", CLEANING);
                    }
                }
            });
            createPartitions();
        } catch (DataAccessException e) {
            log.warn("The retention of the event log failed and is retried in 10 minutes: {}", e.getMessage());
        }
    }

    /** Creates the partitions for the current time and the near future. */
    void createPartitions() {
        onOneConnection(jdbc -> {
            locked(jdbc, "SELECT TRUE FROM pg_advisory_lock(?)", CREATING);
            try {
                List<Range> existing =
                        partitions(jdbc).stream().map(Partition::range).toList();
                for (Range range : plan.missing(existing, now(jdbc))) {
                    jdbc.sql("CREATE TABLE %s%d PARTITION OF business_event_log FOR VALUES FROM (%d) TO (%d)"
                                    .formatted(PREFIX, range.from(), range.from(), range.until()))
                            .update();
                    log.info("Created partition {}{} of the event log", PREFIX, range.from());
                }
            } finally {
                locked(jdbc, "SELECT pg_advisory_unlock(?)", CREATING);
            }
        });
    }

    private void dropOldPartitions(JdbcClient jdbc) {
        long now = now(jdbc);
        for (Partition partition : partitions(jdbc)) {
            // Pending: a replica stopped during the detach, or timed out behind a long query.
            if (partition.pendingDetach() || plan.isExpired(partition.range(), now)) {
                jdbc.sql("ALTER TABLE business_event_log DETACH PARTITION %s %s"
                                .formatted(partition.name(), partition.pendingDetach() ? "FINALIZE" : "CONCURRENTLY"))
                        .update();
            }
        }
        List<String> detached = jdbc.sql("""
                        SELECT relname
                        FROM pg_class
                        WHERE relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'business_event_log'::regclass)
                          AND relkind = 'r' AND NOT relispartition AND starts_with(relname, :prefix)
                        """)
                .param("prefix", PREFIX)
                .query((row, i) -> row.getString(1))
                .list();
        for (String table : detached) {
            jdbc.sql("DROP TABLE " + table).update();
            log.info("Dropped {}: all events in it are older than {}", table, plan.retention());
        }
    }

    private static List<Partition> partitions(JdbcClient jdbc) {
        return jdbc.sql("""
                        SELECT p.name, p.pending, p.bound[1]::bigint, p.bound[2]::bigint
                        FROM (
                            SELECT c.relname AS name,
                                   i.inhdetachpending AS pending,
                                   regexp_match(pg_get_expr(c.relpartbound, c.oid), '(\\d+)\\D+(\\d+)') AS bound
                            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                            WHERE i.inhparent = 'business_event_log'::regclass
                        ) p
                        ORDER BY 3
                        """)
                .query((row, i) ->
                        new Partition(row.getString(1), new Range(row.getLong(3), row.getLong(4)), row.getBoolean(2)))
                .list();
    }

    private void prune(JdbcClient jdbc) {
        long oldest = now(jdbc) - dedupeRetention.toMillis();
        prune(jdbc, "ingested_event", "timestamp < :oldest", oldest);
        prune(jdbc, "rejected_event", "rejected_at < to_timestamp(:oldest / 1000)", oldest);
    }

    private static void prune(JdbcClient jdbc, String table, String condition, long oldest) {
        int deleted;
        do {
            deleted = jdbc.sql("DELETE FROM %s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %s WHERE %s LIMIT %d))"
                            .formatted(table, table, condition, PRUNED_PER_STATEMENT))
                    .param("oldest", oldest)
                    .update();
        } while (deleted == PRUNED_PER_STATEMENT);
    }

    private static long now(JdbcClient jdbc) {
        return jdbc.sql("SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                .query(Long.class)
                .single();
    }

    private static boolean locked(JdbcClient jdbc, String sql, long lock) {
        return jdbc.sql(sql).param(lock).query(Boolean.class).single();
    }

    /** Runs outside a transaction, as required to detach concurrently, and with a lock timeout. */
    private void onOneConnection(Consumer<JdbcClient> work) {
        ConnectionCallback<Boolean> callback = connection -> {
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            jdbc.sql("SET lock_timeout = '5s'").update();
            try {
                work.accept(jdbc);
            } finally {
                jdbc.sql("RESET lock_timeout").update();
            }
            return true;
        };
        new JdbcTemplate(dataSource).execute(callback);
    }
}
