package dev.tidings.workers.runtime;

import dev.tidings.messaging.inbox.InboxEvent;
import java.nio.charset.StandardCharsets;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Records what a worker could not do, for the dead-letter console. */
final class Failures {
    private static final int MAX_REASON = 2_000;

    private final JdbcClient jdbc;
    private final String consumer;

    Failures(JdbcClient jdbc, String consumer) {
        this.jdbc = jdbc;
        this.consumer = consumer;
    }

    /**
     * Committed on return.
     *
     * @return how many deliveries of the event have failed so far
     */
    int record(InboxEvent event, String reason, boolean permanent, byte[] body) {
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
                .param("event", storable(new String(body, StandardCharsets.UTF_8)))
                .query((row, n) -> row.getInt(1))
                .single();
    }

    /** PostgreSQL's text holds no NUL. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
