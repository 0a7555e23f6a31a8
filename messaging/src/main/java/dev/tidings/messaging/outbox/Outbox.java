package dev.tidings.messaging.outbox;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.events.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Stores events in the transaction of the change that causes them. Safe for any thread. */
public final class Outbox {
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final CommitListener listener;
    private final Supplier<@Nullable String> traceparent;

    /** Is called after each commit that stored an event, on the committing thread. Must not block. */
    @FunctionalInterface
    public interface CommitListener {
        /** @param key partition key of the stored event */
        void committed(String key);
    }

    /** @param traceparent returns the W3C trace context of the calling thread, or null */
    public Outbox(JdbcClient jdbc, CommitListener listener, Supplier<@Nullable String> traceparent) {
        this.jdbc = jdbc;
        this.listener = listener;
        this.traceparent = traceparent;
    }

    /**
     * Stores an event of a Tidings type with its payload as JSON; see {@link #append(OutboxEvent)}.
     *
     * @param key partition key: the user or aggregate whose events must stay in order
     * @param payload an instance of {@link EventType#payload}
     * @throws IllegalArgumentException if the payload is of another class
     */
    public UUID append(EventType type, String key, Record payload) {
        if (!type.payload().isInstance(payload)) {
            throw new IllegalArgumentException("a %s has the payload %s, not %s"
                    .formatted(
                            type.wireName(),
                            type.payload().getSimpleName(),
                            payload.getClass().getSimpleName()));
        }
        return append(new OutboxEvent(type.topic().wireName(), key, type.wireName(), JSON.writeValueAsString(payload)));
    }

    /**
     * Stores an event, which is published if and only if the caller's transaction commits. All events of a transaction are written in
     * one statement right before its commit, in the order of the calls; if that fails, the commit throws and nothing is stored. The
     * caller must hold the lock of the aggregate that the event describes, so that events are stored in the order of the changes.
     *
     * @return the id of the CloudEvent
     * @throws IllegalStateException if no transaction is active
     */
    public UUID append(OutboxEvent event) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "a %s was appended to the outbox outside of a transaction: append it in the transaction that makes the change"
                            .formatted(event.type()));
        }
        UUID id = UuidCreator.getTimeOrderedEpoch();
        unwritten().add(new OutboxRow(id, event, traceparent.get()));
        return id;
    }

    private Unwritten unwritten() {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Unwritten.class::isInstance)
                .map(Unwritten.class::cast)
                .filter(unwritten -> unwritten.belongsTo(this))
                .findFirst()
                .orElseGet(() -> {
                    Unwritten unwritten = new Unwritten();
                    TransactionSynchronizationManager.registerSynchronization(unwritten);
                    return unwritten;
                });
    }

    private void write(List<OutboxRow> rows) {
        // Positions are given in this order.
        jdbc.sql("""
                        INSERT INTO outbox (id, topic, key, slot, type, payload, traceparent)
                        SELECT id, topic, key, slot, type, payload::json, traceparent
                        FROM unnest(:ids::uuid[], :topics::text[], :keys::text[], :slots::smallint[], :types::text[],
                                    :payloads::text[], :traceparents::text[])
                            WITH ORDINALITY AS event (id, topic, key, slot, type, payload, traceparent, number)
                        ORDER BY number
                        """)
                .param("ids", texts(rows, row -> row.id().toString()))
                .param("topics", texts(rows, row -> row.event().topic()))
                .param("keys", texts(rows, row -> row.event().key()))
                .param(
                        "slots",
                        texts(rows, row -> Integer.toString(Slots.of(row.event().key()))))
                .param("types", texts(rows, row -> row.event().type()))
                .param("payloads", texts(rows, row -> row.event().payload()))
                .param("traceparents", texts(rows, OutboxRow::traceparent))
                .update();
    }

    private static @Nullable String[] texts(List<OutboxRow> rows, Function<OutboxRow, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private record OutboxRow(
            UUID id, OutboxEvent event, @Nullable String traceparent) {}

    /** The events of one transaction that are not written yet. */
    private final class Unwritten implements TransactionSynchronization {
        private final List<OutboxRow> rows = new ArrayList<>();
        private boolean isWritten;

        void add(OutboxRow row) {
            if (isWritten) {
                throw new IllegalStateException("a %s was appended to the outbox during the commit"
                        .formatted(row.event().type()));
            }
            rows.add(row);
        }

        boolean belongsTo(Outbox outbox) {
            return Outbox.this == outbox;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            isWritten = true;
            write(rows);
        }

        @Override
        public void afterCommit() {
            rows.stream().map(row -> row.event().key()).distinct().forEach(listener::committed);
        }
    }
}
