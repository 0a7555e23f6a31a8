package dev.tidings.messaging.outbox;

import dev.tidings.sidecar.OutgoingEvent;
import java.util.List;
import java.util.UUID;

/**
 * The events of one publish call.
 *
 * @param events at least one event, all of the topic, in order within each ordering key
 * @param retry whether the bulk is the first event of a blocked key, alone
 */
record Bulk(String topic, List<OutgoingEvent> events, boolean retry) {

    List<UUID> ids() {
        return events.stream().map(OutgoingEvent::id).toList();
    }
}
