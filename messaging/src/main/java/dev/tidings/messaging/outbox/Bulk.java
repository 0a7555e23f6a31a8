package dev.tidings.messaging.outbox;

import dev.tidings.messaging.publishing.OutgoingEvent;
import java.util.List;
import java.util.UUID;

/**
 * What is sent in one call.
 *
 * @param events of one topic, at least one, in order within each lane
 * @param trial the first event of a lane that failed before, alone
 */
record Bulk(String topic, List<OutgoingEvent> events, boolean trial) {

    List<UUID> ids() {
        return events.stream().map(OutgoingEvent::id).toList();
    }
}
