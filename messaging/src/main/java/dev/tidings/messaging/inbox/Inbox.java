package dev.tidings.messaging.inbox;

import dev.tidings.sidecar.ReceivedEvent;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Records which events one consumer has processed. Safe for any thread. */
public final class Inbox {
    private final JdbcClient jdbc;
    private final String consumer;

    /** @param consumer the app id of the worker */
    public Inbox(JdbcClient jdbc, String consumer) {
        this.jdbc = jdbc;
        this.consumer = consumer;
    }

    /**
     * Claims the event for the transaction of the caller. Blocks while another transaction holds a claim on the same event; returns
     * false after its commit and true after its rollback.
     *
     * @return false if the consumer has already processed the event
     * @throws IllegalStateException if no transaction is active
     */
    public boolean accept(ReceivedEvent event) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "%s %s was accepted outside of a transaction: accept it in the transaction of its effect"
                            .formatted(event.type(), event.id()));
        }
        return jdbc.sql("""
                        INSERT INTO processed_events (source, event_source, event_id, event_type, correlation_id, topic,
                                                      event_key, event_time)
                        VALUES (:consumer, :source, :id, :type, :correlationId, :topic, :key, :time)
                        ON CONFLICT DO NOTHING
                        """)
                        .param("consumer", consumer)
                        .param("source", event.source())
                        .param("id", event.id())
                        .param("type", event.type())
                        .param("correlationId", event.correlationId())
                        .param("topic", event.topic())
                        .param("key", event.key())
                        .param("time", event.timeOrArrival().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Returns whether the effect of the event is committed. This is not a claim; use it only to avoid repeated work. */
    public boolean has(String source, String id) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM processed_events
                                       WHERE event_id = :id AND event_source = :source AND source = :consumer)
                        """)
                .param("id", id)
                .param("source", source)
                .param("consumer", consumer)
                .query((row, n) -> row.getBoolean(1))
                .single();
    }
}
