package dev.tidings.messaging.outbox;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.events.EventType;
import java.util.UUID;
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
     * Stores an event, which is published if and only if the caller's transaction commits. The caller must hold the lock of the
     * aggregate that the event describes, so that events are stored in the order of the changes.
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
