package dev.tidings.messaging.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Measures the outbox and deletes published events after the retention, every five seconds, in a thread of its own. */
final class Housekeeping implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int PRUNED_AT_ONCE = 1_000;
    private static final int PRUNED_PER_TURN = 50 * PRUNED_AT_ONCE;

    private final JdbcClient jdbc;
    private final Duration retention;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("outbox-housekeeping").daemon().factory());
    private volatile OutboxState state = OutboxState.EMPTY;

    Housekeeping(DataSource dataSource, Duration retention, MeterRegistry registry) {
        this.jdbc = JdbcClient.create(dataSource);
        this.retention = retention;
        Gauge.builder("tidings.outbox.backlog", () -> state.backlog())
                .description("Events in the outbox that are not published yet")
                .register(registry);
        Gauge.builder("tidings.outbox.oldest.age", () -> state.oldestAge().toMillis() / 1000.0)
                .description("Age of the oldest event that is not published yet")
                .baseUnit("seconds")
                .register(registry);
    }

    void start() {
        timer.scheduleWithFixedDelay(this::turn, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    OutboxState state() {
        return state;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void turn() {
        try {
            state = measure();
            int pruned = 0;
            for (int batch = PRUNED_AT_ONCE; batch == PRUNED_AT_ONCE && pruned < PRUNED_PER_TURN; pruned += batch) {
                batch = prune();
            }
        } catch (RuntimeException e) {
            log.warn("Outbox measurement and pruning failed ({}); next attempt in {}", e.getMessage(), EVERY);
        }
    }

    OutboxState measure() {
        return jdbc.sql("""
                        SELECT count(*) AS backlog,
                               coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0) AS age
                        FROM (SELECT created_at FROM outbox WHERE published_at IS NULL ORDER BY position LIMIT :limit) waiting
                        """)
                .param("limit", OutboxState.COUNTED_UP_TO)
                .query((row, n) ->
                        new OutboxState(row.getInt("backlog"), Duration.ofMillis((long) (row.getDouble("age") * 1000))))
                .single();
    }

    int prune() {
        return jdbc.sql("""
                        DELETE FROM outbox WHERE id IN (
                            SELECT id FROM outbox WHERE published_at < now() - :retention * interval '1 millisecond'
                            ORDER BY published_at LIMIT :limit FOR UPDATE SKIP LOCKED)
                        """)
                .param("retention", retention.toMillis())
                .param("limit", PRUNED_AT_ONCE)
                .update();
    }
}
