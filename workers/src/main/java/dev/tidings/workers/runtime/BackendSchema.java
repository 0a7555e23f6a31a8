package dev.tidings.workers.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds the start until the backend has migrated the tables that both use. The port opens after it. */
final class BackendSchema implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(BackendSchema.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int PAUSES_PER_LINE = 50;

    private final JdbcClient jdbc;
    private final String version;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;

    /** @param version of the newest migration that is needed, as Flyway writes it */
    BackendSchema(JdbcClient jdbc, String version) {
        this.jdbc = jdbc;
        this.version = version;
    }

    @Override
    public void start() {
        try {
            for (int pauses = 0; !isThere(); pauses++) {
                if (pauses % PAUSES_PER_LINE == 0) {
                    log.info("Waiting for the backend to bring the database to version {}", version);
                }
                if (stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            running = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isThere() {
        try {
            return jdbc.sql(
                            "SELECT EXISTS (SELECT FROM backend.flyway_schema_history WHERE version = :version AND success)")
                    .param("version", version)
                    .query((row, n) -> row.getBoolean(1))
                    .single();
        } catch (DataAccessException e) {
            log.debug("The database has no schema of the backend yet", e);
            return false;
        }
    }

    @Override
    public void stop() {
        running = false;
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before everything else. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
