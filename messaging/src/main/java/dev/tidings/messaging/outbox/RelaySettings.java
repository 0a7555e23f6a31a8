package dev.tidings.messaging.outbox;

import java.time.Duration;

/**
 * The relay's limits.
 *
 * @param batchEvents at most so many events in one call
 * @param batchBytes about so many bytes of payload in one round; with the envelopes below 1 MiB, since the sidecar may make one
 *     Kafka batch of a round, and a broker refuses a larger one
 * @param poll looks at least so often, should a wake-up get lost
 * @param lease a relay that dies is replaced after this
 * @param publishTimeout the longest that one call to the sidecar takes; well below {@code lease}
 * @param laneBackoff of a key whose event was refused
 * @param topicBackoff of a topic none of whose events gets through
 * @param retention how long published events are kept for diagnosis
 */
public record RelaySettings(
        int batchEvents,
        int batchBytes,
        Duration poll,
        Duration lease,
        Duration publishTimeout,
        Backoff laneBackoff,
        Backoff topicBackoff,
        Duration retention) {

    public RelaySettings {
        if (publishTimeout.multipliedBy(2).compareTo(lease) > 0) {
            throw new IllegalArgumentException(
                    "a publish timeout of %s is more than half the lease of %s: leases would run out during a call"
                            .formatted(publishTimeout, lease));
        }
    }

    public static RelaySettings of(Duration poll, Duration lease, Duration publishTimeout, Duration retention) {
        return new RelaySettings(
                500,
                512 * 1024,
                poll,
                lease,
                publishTimeout,
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30)),
                new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2)),
                retention);
    }

    Duration leaseRenewal() {
        return lease.dividedBy(3);
    }
}
