package dev.tidings.messaging.outbox;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.sidecar.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;

class InMemoryOutboxStoreTest extends OutboxStoreContract {
    private Instant now = Instant.parse("2026-02-07T12:00:00Z");
    private final InMemoryOutboxStore store = new InMemoryOutboxStore(() -> now);

    @Override
    OutboxStore store() {
        return store;
    }

    @Override
    OutgoingEvent append(String topic, String key, String payload) {
        OutgoingEvent event =
                new OutgoingEvent(UuidCreator.getTimeOrderedEpoch(), topic, key, "task.created", payload, null, now);
        store.append(event);
        return event;
    }

    @Override
    void letLeasesRunOut() {
        now = now.plus(Duration.ofDays(1));
    }
}
