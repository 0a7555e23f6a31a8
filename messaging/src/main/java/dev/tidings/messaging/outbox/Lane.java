package dev.tidings.messaging.outbox;

import dev.tidings.messaging.publishing.OutgoingEvent;

/** The events of one topic and key, which leave in order. */
record Lane(String topic, String key) {
    static Lane of(OutgoingEvent event) {
        return new Lane(event.topic(), event.key());
    }
}
