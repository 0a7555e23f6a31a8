package dev.tidings.messaging.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells the other relays of an outbox that something waits, by PostgreSQL's NOTIFY, after the commit and never inside a
 * business transaction. Any number of rings while one is on its way become one more. A ring may get lost: relays poll.
 *
 * <p>Two virtual threads: one rings, one listens on a connection that it keeps.
 */
final class RelayNotifier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RelayNotifier.class);
    private static final Duration LISTEN = Duration.ofSeconds(5);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(2);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final UUID relay;
    private final Runnable rung;
    private final Semaphore rings = new Semaphore(0);
    private volatile boolean closing;
    private @Nullable Thread ringer;
    private @Nullable Thread listener;

    /** @param rung called for the rings of others, on the listening thread */
    RelayNotifier(DataSource dataSource, UUID relay, Runnable rung) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.relay = relay;
        this.rung = rung;
    }

    void start() {
        ringer = Thread.ofVirtual().name("outbox-bell-ring").start(this::passOnRings);
        listener = Thread.ofVirtual().name("outbox-bell-listen").start(this::listen);
    }

    /** Returns at once. Any thread. */
    void ring() {
        rings.release();
    }

    /** The last ring also wakes the own listener, so that it leaves its connection in order. */
    @Override
    public void close() {
        closing = true;
        ring();
        for (Thread thread : new @Nullable Thread[] {ringer, listener}) {
            endOf(thread);
        }
    }

    private static void endOf(@Nullable Thread thread) {
        try {
            if (thread != null && !thread.join(CLOSE_WITHIN)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void passOnRings() {
        do {
            rings.acquireUninterruptibly();
            rings.drainPermits();
            try {
                jdbc.sql("SELECT pg_notify('outbox_' || current_schema(), :relay)")
                        .param("relay", relay.toString())
                        .query((row, n) -> n)
                        .single();
            } catch (DataAccessException e) {
                log.debug("Another relay could not be woken; it polls", e);
            }
        } while (!closing);
    }

    private void listen() {
        while (!closing) {
            try (Connection connection = dataSource.getConnection()) {
                listen(connection);
            } catch (SQLException e) {
                if (!closing) {
                    log.debug("No wake-ups from other relays for now; polling goes on", e);
                }
            }
            try {
                if (!closing) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_ERROR.toMillis());
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // LISTEN takes a name, not an expression.
            statement.execute("""
                    DO $$ BEGIN EXECUTE format('LISTEN %I', 'outbox_' || current_schema()); END $$""");
            PGConnection notices = connection.unwrap(PGConnection.class);
            // Something may have been committed before anyone listened.
            rung.run();
            while (!closing) {
                PGNotification[] received = notices.getNotifications((int) LISTEN.toMillis());
                if (received == null || received.length == 0) {
                    // Finds out whether the connection still lives.
                    statement.execute("SELECT 1");
                    continue;
                }
                for (PGNotification notice : received) {
                    if (!notice.getParameter().equals(relay.toString())) {
                        rung.run();
                        break;
                    }
                }
            }
            statement.execute("UNLISTEN *");
        }
    }
}
