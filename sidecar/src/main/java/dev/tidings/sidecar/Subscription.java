package dev.tidings.sidecar;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A topic that a service receives in batches: one request for what has arrived, at most {@code maxEvents} after at most {@code
 * maxWait}. Batches hold the raw Kafka records: if the sidecar parsed them, one record that is not JSON would stop its partition, and
 * large numbers would lose digits.
 *
 * @param maxWait how often the sidecar looks for a batch, per partition; an event waits half of it on average. Each look costs the
 *     sidecar 10 to 40 µs of CPU, also when nothing has arrived.
 * @param deadLetterTopic where the service publishes an event that its handler answers DROP; null if its handler answers no event so.
 *     The sidecar does not know it: for batches it publishes the wrong record, or ends, when an entry is dropped after a retry (Dapr
 *     1.18, ADR 0022). An event that is answered RETRY comes again without end.
 */
public record Subscription(
        String topic,
        int maxEvents,
        Duration maxWait,
        @Nullable String deadLetterTopic) {

    /** Returns a subscription without a dead-letter topic. */
    public static Subscription batches(String topic, int maxEvents, Duration maxWait) {
        return new Subscription(topic, maxEvents, maxWait, null);
    }

    /** Returns the path to which the sidecar posts the topic's events. */
    public String path() {
        return EventCallbackController.EVENTS + topic;
    }
}
