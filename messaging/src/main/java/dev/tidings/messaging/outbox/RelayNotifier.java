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
 * Notifies the relays of other replicas about new events, by PostgreSQL's NOTIFY outside of business transactions. Notifications
 * that are requested during a NOTIFY are merged into one. A lost notification only delays events until the next poll.
 *
 * <p>Uses two virtual threads: one sends, one listens on a connection of its own.
 */
final class RelayNotifier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RelayNotifier.class);
    private static final Duration LISTEN = Duration.ofSeconds(5);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(2);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final UUID relay;
    private final Runnable onNotification;
    private final Semaphore pending = new Semaphore(0);
    private volatile boolean closing;
    private @Nullable Thread sender;
    private @Nullable Thread listener;

    /** @param rung runs on the listening thread for each notification of another relay */
    RelayNotifier(DataSource dataSource, UUID relay, Runnable onNotification) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.relay = relay;
        this.onNotification = onNotification;
    }

    void start() {
        sender = Thread.ofVirtual().name("outbox-notify").start(this::sendNotifications);
        listener = Thread.ofVirtual().name("outbox-listen").start(this::listen);
    }

    /** Requests a notification and returns at once. Safe for any thread. */
    void notifyOthers() {
        pending.release();
    }

    /** Sends a last notification, which also ends the wait of the own listener. */
    @Override
    public void close() {
        closing = true;
        notifyOthers();
        for (Thread thread : new @Nullable Thread[] {sender, listener}) {
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

    private void sendNotifications() {
        do {
            pending.acquireUninterruptibly();
            pending.drainPermits();
            try {
                jdbc.sql("SELECT pg_notify('outbox_' || current_schema(), :relay)")
                        .param("relay", relay.toString())
                        .query((row, n) -> n)
                        .single();
            } catch (DataAccessException e) {
                log.debug("Notifying other relays failed; they poll", e);
            }
        } while (!closing);
    }

    private void listen() {
        while (!closing) {
            try (Connection connection = dataSource.getConnection()) {
                listen(connection);
            } catch (SQLException e) {
                if (!closing) {
                    log.debug("Listening for notifications failed; the relay polls and listens again", e);
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
            // An event may have been committed before LISTEN.
            onNotification.run();
            while (!closing) {
                PGNotification[] received = notices.getNotifications((int) LISTEN.toMillis());
                if (received == null || received.length == 0) {
                    // Detects a broken connection.
                    statement.execute("SELECT 1");
                    continue;
                }
                for (PGNotification notice : received) {
                    if (!notice.getParameter().equals(relay.toString())) {
                        onNotification.run();
                        break;
                    }
                }
            }
            statement.execute("UNLISTEN *");
        }
    }
}
