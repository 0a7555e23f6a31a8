package dev.tidings.workers.runtime;

import dev.tidings.events.EventType;
import dev.tidings.sidecar.DeliveryResult;
import dev.tidings.sidecar.ReceivedEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;

/** Records the failures of a worker for the dead-letter console, and decides what becomes of the event. */
final class Failures {
    /** The first attempt and the three retries of resiliency.yaml. */
    private static final int ATTEMPTS = 4;

    private static final int MAX_REASON = 2_000;

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private final JdbcClient jdbc;
    private final String consumer;
    private final WorkerMetrics metrics;

    Failures(JdbcClient jdbc, String consumer, WorkerMetrics metrics) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.metrics = metrics;
    }

    /**
     * Records a failure in a transaction of its own, before the answer, so that the reason is stored before the dead letter arrives.
     *
     * @return DROP if the event becomes a dead letter, RETRY if it is to come again
     */
    DeliveryResult failed(ReceivedEvent event, String reason, boolean permanent, @Nullable Throwable cause) {
        metrics.count(known(event.type()), permanent ? "permanent" : "transient");
        Throwable error = cause == null ? new FailedEventException(reason) : cause;
        String attempt = "";
        String next;
        boolean drop = permanent;
        try {
            int attempts = record(event, reason, permanent);
            attempt = " (attempt %d)".formatted(attempts);
            drop = permanent || attempts >= ATTEMPTS;
            next = drop ? "it becomes a dead letter" : "the sidecar tries again";
        } catch (DataIntegrityViolationException e) {
            error.addSuppressed(e);
            drop = true;
            next =
                    "the database does not accept the record of the failure, so the event becomes a dead letter without it";
        } catch (DataAccessException | CannotCreateTransactionException e) {
            error.addSuppressed(e);
            drop = false;
            next = "the failure cannot be recorded, so the sidecar tries again";
        }
        log.error(
                "[Worker] Failed to process {} event {} of {}{}: {}; {}",
                event.type(),
                event.id(),
                event.source(),
                attempt,
                reason,
                next,
                error);
        return drop ? DeliveryResult.drop(reason) : DeliveryResult.retry(reason);
    }

    /** Returns the number of failed deliveries of the event so far. */
    private int record(ReceivedEvent event, String reason, boolean permanent) {
        return jdbc.sql("""
                        INSERT INTO event_failure AS failure
                            (source, event_source, event_id, event_type, correlation_id, topic, event_key, reason, permanent,
                             attempts, event, first_failed_at, last_failed_at)
                        VALUES (:consumer, :source, :id, :type, :correlationId, :topic, :key, :reason, :permanent,
                                1, :event, clock_timestamp(), clock_timestamp())
                        ON CONFLICT (event_id, event_source, source) DO UPDATE
                        SET reason = excluded.reason, permanent = excluded.permanent, attempts = failure.attempts + 1,
                            last_failed_at = excluded.last_failed_at
                        RETURNING attempts
                        """)
                .param("consumer", consumer)
                .param("source", event.source())
                .param("id", event.id())
                .param("type", event.type())
                .param("correlationId", event.correlationId())
                .param("topic", event.topic())
                .param("key", event.key())
                .param("reason", storable(reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason))
                .param("permanent", permanent)
                .param("event", storable(new String(event.bytes(), StandardCharsets.UTF_8)))
                .query((row, n) -> row.getInt(1))
                .single();
    }

    /** PostgreSQL's text cannot hold NUL. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** Names of foreign types do not become tags of metrics. */
    private static String known(String type) {
        return EventType.find(type).isPresent() ? type : "unknown";
    }

    /** Gives a refusal a stack trace in the log; it is not thrown. */
    private static final class FailedEventException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FailedEventException(String reason) {
            super(reason);
        }
    }
}
