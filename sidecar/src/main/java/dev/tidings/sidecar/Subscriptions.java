package dev.tidings.sidecar;

import java.util.List;
import java.util.Optional;

/**
 * What a service receives and who handles it. A service that receives events declares one bean of this type.
 *
 * @param handler handles the events of all topics
 */
public record Subscriptions(List<Subscription> all, EventBatchHandler handler) {
    Optional<Subscription> of(String topic) {
        return all.stream()
                .filter(subscription -> subscription.topic().equals(topic))
                .findFirst();
    }
}
