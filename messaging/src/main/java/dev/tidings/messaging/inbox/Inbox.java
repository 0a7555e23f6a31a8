package dev.tidings.messaging.inbox;

import dev.tidings.sidecar.ReceivedEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
     * Claims the events for the transaction of the caller, in one statement. Blocks while another transaction holds a claim on one of
     * them; such an event is then new if that transaction was rolled back.
     *
     * @return the events that the consumer has not processed, in their order; of equal ones the first
     * @throws IllegalStateException if no transaction is active
     */
    public List<ReceivedEvent> accept(List<ReceivedEvent> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "%d event(s) were accepted outside of a transaction: accept them in the transaction of their effect"
                            .formatted(events.size()));
        }
        // In the order of the index, so that two transactions with the same events cannot wait for each other.
        Set<EventKey> accepted = jdbc.sql("""
                        INSERT INTO processed_events (source, event_source, event_id, event_type, correlation_id, topic,
                                                      event_key, event_time)
                        SELECT :consumer, source, id, type, correlation_id, topic, key, time
                        FROM unnest(:sources::text[], :ids::text[], :types::text[], :correlationIds::text[], :topics::text[],
                                    :keys::text[], :times::timestamptz[])
                            AS event (source, id, type, correlation_id, topic, key, time)
                        ORDER BY id, source
                        ON CONFLICT DO NOTHING
                        RETURNING event_source, event_id
                        """)
                .param("consumer", consumer)
                .param("sources", texts(events, ReceivedEvent::source))
                .param("ids", texts(events, ReceivedEvent::id))
                .param("types", texts(events, ReceivedEvent::type))
                .param("correlationIds", texts(events, ReceivedEvent::correlationId))
                .param("topics", texts(events, ReceivedEvent::topic))
                .param("keys", texts(events, ReceivedEvent::key))
                .param("times", texts(events, event -> event.timeOrArrival().toString()))
                .query((row, n) -> new EventKey(row.getString(1), row.getString(2)))
                .set();
        // The first of equal events takes the key.
        return events.stream()
                .filter(event -> accepted.remove(EventKey.of(event)))
                .toList();
    }

    /**
     * Returns those of the events whose effect is not committed, in their order. This is not a claim; use it only to avoid repeated
     * work.
     */
    public List<ReceivedEvent> unprocessed(List<ReceivedEvent> events) {
        Set<EventKey> processed = jdbc.sql("""
                        SELECT processed.event_source, processed.event_id
                        FROM unnest(:sources::text[], :ids::text[]) AS event (source, id)
                            JOIN processed_events AS processed
                                ON processed.event_id = event.id AND processed.event_source = event.source
                                    AND processed.source = :consumer
                        """)
                .param("sources", texts(events, ReceivedEvent::source))
                .param("ids", texts(events, ReceivedEvent::id))
                .param("consumer", consumer)
                .query((row, n) -> new EventKey(row.getString(1), row.getString(2)))
                .set();
        return events.stream()
                .filter(event -> !processed.contains(EventKey.of(event)))
                .toList();
    }

    private record EventKey(String source, String id) {
        static EventKey of(ReceivedEvent event) {
            return new EventKey(event.source(), event.id());
        }
    }

    private static @Nullable String[] texts(
            List<ReceivedEvent> events, Function<ReceivedEvent, @Nullable String> column) {
        return events.stream().map(column).toArray(String[]::new);
    }
}
