package dev.tidings.messaging.outbox;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.sidecar.OutgoingEvent;
import java.time.Instant;

/** Events for tests. */
final class Events {
    static final String TOPIC = "task-updates";

    private Events() {}

    static OutgoingEvent of(String key) {
        return of(TOPIC, key);
    }

    static OutgoingEvent of(String topic, String key) {
        return of(topic, key, "{}");
    }

    static OutgoingEvent of(String topic, String key, String payload) {
        return new OutgoingEvent(
                UuidCreator.getTimeOrderedEpoch(),
                topic,
                key,
                "task.created",
                payload,
                null,
                Instant.parse("2026-02-07T12:00:00Z"));
    }
}
