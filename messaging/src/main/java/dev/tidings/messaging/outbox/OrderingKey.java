package dev.tidings.messaging.outbox;

import dev.tidings.sidecar.OutgoingEvent;

/** Identifies events that are published in order: those of one topic and partition key. */
record OrderingKey(String topic, String key) {
    static OrderingKey of(OutgoingEvent event) {
        return new OrderingKey(event.topic(), event.key());
    }
}
