package dev.tidings.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.events.EventType;
import dev.tidings.events.NotificationRead;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class OutboxIT {
    private static final OutboxDatabase DATABASE = new OutboxDatabase();
    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final List<String> committed = new ArrayList<>();
    private final Outbox outbox = new Outbox(DATABASE.jdbc, committed::add, () -> TRACEPARENT);

    @BeforeEach
    void clear() {
        DATABASE.clear();
    }

    @Test
    void anEventWaitsAndTheRelayIsToldOnceTheTransactionCommitted() {
        DATABASE.transaction.executeWithoutResult(status -> {
            outbox.append(event("{}"));
            assertThat(committed).isEmpty();
        });

        assertThat(committed).containsExactly("user-123");
        assertThat(DATABASE.unsent()).isOne();
        assertThat(DATABASE.jdbc
                        .sql("SELECT traceparent FROM outbox")
                        .query(String.class)
                        .single())
                .isEqualTo(TRACEPARENT);
    }

    @Test
    void theEventsOfATransactionAreStoredInTheirOrder() {
        List<UUID> ids = new ArrayList<>();
        DATABASE.transaction.executeWithoutResult(status -> {
            for (int i = 0; i < 50; i++) {
                ids.add(outbox.append(event("{\"number\":%d}".formatted(i))));
            }
        });

        assertThat(DATABASE.jdbc
                        .sql("SELECT id FROM outbox ORDER BY position")
                        .query(UUID.class)
                        .list())
                .isEqualTo(ids);
        assertThat(committed).containsExactly("user-123");
    }

    @Test
    void anEventOfARolledBackTransactionWasNeverThere() {
        DATABASE.transaction.executeWithoutResult(status -> {
            outbox.append(event("{}"));
            status.setRollbackOnly();
        });

        assertThat(committed).isEmpty();
        assertThat(DATABASE.unsent()).isZero();
    }

    @Test
    void withoutATransactionNothingIsAppended() {
        assertThatIllegalStateException()
                .isThrownBy(() -> outbox.append(event("{}")))
                .withMessageContaining("outside of a transaction");
        assertThat(DATABASE.unsent()).isZero();
    }

    @Test
    void anEventThatNeverFitsOnTheBusFailsItsTransactionInsteadOfItsKey() {
        String tooLarge = "\"" + "x".repeat(OutboxEvent.MAX_PAYLOAD_BYTES) + "\"";

        assertThatIllegalArgumentException().isThrownBy(() -> event(tooLarge)).withMessageContaining("bytes");
        assertThatThrownBy(() -> DATABASE.transaction.execute(status -> outbox.append(event("not json"))))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void anEventIsStoredUnderTheTopicOfItsTypeWithItsRecordAsJson() {
        var read = new NotificationRead("n-1", "user-123", 2, "2026-02-07T12:00:00.000Z");
        DATABASE.transaction.execute(status -> outbox.append(EventType.NOTIFICATION_READ, "user-123", read));

        assertThat(DATABASE.jdbc
                        .sql(
                                "SELECT topic || ' ' || type || ' ' || (payload ->> 'readAt') FROM outbox WHERE key = 'user-123'")
                        .query(String.class)
                        .list())
                .contains("notifications notification.read 2026-02-07T12:00:00.000Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DATABASE.transaction.execute(
                        status -> outbox.append(EventType.NOTIFICATION_CREATED, "user-123", read)))
                .withMessageContaining("NotificationCreated");
    }

    private static OutboxEvent event(String payload) {
        return new OutboxEvent("task-updates", "user-123", "task.created", payload);
    }
}
