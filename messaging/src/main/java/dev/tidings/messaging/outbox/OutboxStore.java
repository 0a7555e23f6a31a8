package dev.tidings.messaging.outbox;

import dev.tidings.sidecar.OutgoingEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The operations of the relay on the outbox. Each method runs in a transaction of its own. */
interface OutboxStore {

    /**
     * Records that the relay is alive, renews its leases, returns slots above its fair share and claims free slots up to that
     * share.
     *
     * @return the slots that the relay holds; the leases last for {@code duration}, counted from before this call
     */
    Set<Integer> lease(UUID relay, Duration duration);

    /** Returns all slots of the relay. */
    void release(UUID relay);

    /** Returns unpublished events, oldest first. */
    List<OutgoingEvent> waiting(Selection selection);

    /** Returns before the marks are on disk: if the database crashes, consumers drop the events that are published again. */
    void markPublished(Collection<UUID> ids);

    /** Stores attempts and reason in the rows of rejected events, for operators. */
    void recordRejection(Map<UUID, String> reasonById);

    /**
     * Selects unpublished events.
     *
     * @param slots slots whose events are selected
     * @param exceptTopics topics whose events are excluded
     * @param exceptKeys ordering keys whose events are excluded
     * @param limit maximum number of events
     * @param maxBytes approximate maximum of payload bytes; at least one event is selected
     */
    record Selection(
            Set<Integer> slots, Set<String> exceptTopics, Set<OrderingKey> exceptKeys, int limit, int maxBytes) {}
}
