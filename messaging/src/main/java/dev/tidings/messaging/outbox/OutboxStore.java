package dev.tidings.messaging.outbox;

import dev.tidings.messaging.publishing.OutgoingEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The relay's view of the outbox. Each method is a transaction of its own. */
interface OutboxStore {

    /**
     * Tells that the relay is alive, renews its leases, gives back what is above its fair share, and takes free slots up to
     * it.
     *
     * @return the slots that are the relay's for {@code duration} from before this call
     */
    Set<Integer> lease(UUID relay, Duration duration);

    /** Gives back all that the relay has. */
    void release(UUID relay);

    /** Events not marked as published, oldest first. */
    List<OutgoingEvent> waiting(Selection selection);

    void markPublished(Collection<UUID> ids);

    /** Writes the reason beside the events, for whoever looks why a key waits. */
    void noteRefused(Map<UUID, String> reasonById);

    /**
     * @param slots events of these only
     * @param exceptTopics none of these topics
     * @param exceptLanes none of these lanes
     * @param limit at most that many
     * @param maxBytes about that many bytes of payload, but one event at least
     */
    record Selection(
            Set<Integer> slots, Set<String> exceptTopics, Set<OrderingKey> exceptLanes, int limit, int maxBytes) {}
}
