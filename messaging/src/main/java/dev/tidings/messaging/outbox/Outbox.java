package dev.tidings.messaging.outbox;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where a service puts the events of its transactions. Safe for any thread. */
public final class Outbox {
    private final JdbcClient jdbc;
    private final CommitListener listener;
    private final Supplier<@Nullable String> traceparent;

    /** Told about events of transactions that committed, on the committing thread. Must not block. */
    @FunctionalInterface
    public interface CommitListener {
        /** @param key of an event that waits now */
        void committed(String key);
    }

    /** @param traceparent W3C trace context of what the calling thread works on, if there is one */
    public Outbox(JdbcClient jdbc, CommitListener listener, Supplier<@Nullable String> traceparent) {
        this.jdbc = jdbc;
        this.listener = listener;
        this.traceparent = traceparent;
    }

    /**
     * Publishes the event after the caller's transaction commits, and never if it does not. The caller holds the lock of the
     * aggregate the event speaks of, so that its events are written in the order of its changes.
     *
     * @return the event's id on the bus
     * @throws IllegalStateException if no transaction is active
     */
    public UUID append(OutboxEvent event) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "a %s was appended to the outbox outside of a transaction: write it in the one that makes the change"
                            .formatted(event.type()));
        }
        UUID id = UuidCreator.getTimeOrderedEpoch();
        jdbc.sql("""
                        INSERT INTO outbox (id, topic, key, slot, type, payload, traceparent)
                        VALUES (:id, :topic, :key, :slot, :type, :payload::json, :traceparent)
                        """)
                .param("id", id)
                .param("topic", event.topic())
                .param("key", event.key())
                .param("slot", Slots.of(event.key()))
                .param("type", event.type())
                .param("payload", event.payload())
                .param("traceparent", traceparent.get())
                .update();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                listener.committed(event.key());
            }
        });
        return id;
    }
}
