package dev.tidings.sidecar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Handles the events of a service's subscriptions. Called by many threads at once, on the virtual threads of the requests. */
@FunctionalInterface
public interface EventBatchHandler {
    /**
     * Handles events of one topic, at least one. A large batch of the sidecar arrives in several calls, one after the other, so that a
     * call holds at most {@link CloudEventReader#MAX_BYTES} and one event more in memory.
     *
     * <p>If this throws, all events of the call are retried.
     *
     * @param batch in the order of their partition, unreadable ones included
     * @return one result for each event, in the order of the batch
     */
    List<DeliveryResult> handle(String topic, List<ReceivedEvent> batch);

    /**
     * Returns whether events of that type are handled. Others are answered SUCCESS and not read further.
     *
     * @param type the type as the record begins with it; null if it has none or cannot be read
     */
    default boolean takes(String topic, @Nullable String type) {
        return true;
    }
}
