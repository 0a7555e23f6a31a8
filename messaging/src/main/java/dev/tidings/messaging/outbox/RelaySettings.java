package dev.tidings.messaging.outbox;

import dev.tidings.retry.Backoff;
import java.time.Duration;

/**
 * The limits of a relay.
 *
 * @param batchEvents maximum number of events in one call
 * @param batchBytes approximate maximum of payload bytes in one round. With envelopes a round stays below 1 MiB, because the
 *     sidecar may send it as one Kafka batch, and a broker rejects larger batches.
 * @param poll maximum time between two rounds, in case a wake-up is lost
 * @param lease time after which another relay replaces a relay that died
 * @param publishTimeout time limit of one call to the sidecar; at most half of {@code lease}
 * @param keyBackoff backoff of a blocked key
 * @param topicBackoff backoff of a topic whose events all fail
 * @param retention how long published events are kept for diagnosis
 */
public record RelaySettings(
        int batchEvents,
        int batchBytes,
        Duration poll,
        Duration lease,
        Duration publishTimeout,
        Backoff keyBackoff,
        Backoff topicBackoff,
        Duration retention) {

    public RelaySettings {
        if (publishTimeout.multipliedBy(2).compareTo(lease) > 0) {
            throw new IllegalArgumentException(
                    "a publish timeout of %s is more than half the lease of %s: leases would expire during a call"
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
