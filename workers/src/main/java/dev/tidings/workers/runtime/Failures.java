package dev.tidings.workers.runtime;

import dev.tidings.sidecar.ReceivedEvent;
import java.nio.charset.StandardCharsets;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Records the failures of a worker, for the dead-letter console. */
final class Failures {
    private static final int MAX_REASON = 2_000;

    private final JdbcClient jdbc;
    private final String consumer;

    Failures(JdbcClient jdbc, String consumer) {
        this.jdbc = jdbc;
        this.consumer = consumer;
    }

    /**
     * Records a failure; it is committed on return.
     *
     * @return the number of failed deliveries of the event so far
     */
    int record(ReceivedEvent event, String reason, boolean permanent) {
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
}
