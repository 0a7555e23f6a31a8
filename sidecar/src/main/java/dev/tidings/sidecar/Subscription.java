package dev.tidings.sidecar;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A topic that a service receives.
 *
 * @param bulk the size of batches; null if the sidecar delivers each event in a request of its own
 * @param deadLetterTopic where the sidecar publishes an event that is answered DROP or whose retries have failed; null if it repeats
 *     the event without end
 */
public record Subscription(
        String topic, @Nullable BulkLimits bulk, @Nullable String deadLetterTopic) {

    /**
     * The limits of a batch. Batches hold the raw Kafka records: if the sidecar parsed them, one record that is not JSON would stop
     * its partition, and large numbers would lose digits.
     *
     * @param maxWait how long the sidecar waits for a batch to fill
     */
    public record BulkLimits(int maxEvents, Duration maxWait) {}

    /** Returns a subscription to single events. */
    public static Subscription single(String topic, String deadLetterTopic) {
        return new Subscription(topic, null, deadLetterTopic);
    }

    /** Returns a subscription to batches without a dead-letter topic. */
    public static Subscription batches(String topic, int maxEvents, Duration maxWait) {
        return new Subscription(topic, new BulkLimits(maxEvents, maxWait), null);
    }

    /** Returns the path to which the sidecar posts the topic's events. */
    public String path() {
        return EventCallbackController.EVENTS + topic;
    }
}
