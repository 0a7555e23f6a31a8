package dev.tidings.messaging.outbox;

import dev.tidings.messaging.publishing.OutgoingEvent;

/** The events of one topic and key, which leave in order. */
record OrderingKey(String topic, String key) {
    static OrderingKey of(OutgoingEvent event) {
        return new OrderingKey(event.topic(), event.key());
    }
}
