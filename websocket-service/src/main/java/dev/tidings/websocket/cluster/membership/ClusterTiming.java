package dev.tidings.websocket.cluster.membership;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The timeouts of the cluster. Contradictory values are rejected at start. The manual of package {@code cluster} explains
 * why each value is safe.
 *
 * @param heartbeat interval at which a replica renews its lease and reads the member list
 * @param lease how long a lease may go without renewal before its replica is considered dead
 * @param storeTimeout timeout of one call to the state store
 * @param lookupTimeout timeout of a registry lookup, which events wait for
 * @param pushTimeout timeout of one call to a peer
 * @param unregisterDelay how long a stream stays registered after its last connection has closed
 * @param reconcileInterval interval at which the entry of each stream is compared with the wanted state
 * @param entryTtl time to live of the entry of a stream
 */
public record ClusterTiming(
        @DefaultValue("2s") Duration heartbeat,
        @DefaultValue("8s") Duration lease,
        @DefaultValue("500ms") Duration storeTimeout,
        @DefaultValue("250ms") Duration lookupTimeout,
        @DefaultValue("1s") Duration pushTimeout,
        @DefaultValue("30s") Duration unregisterDelay,
        @DefaultValue("5m") Duration reconcileInterval,
        @DefaultValue("7d") Duration entryTtl) {

    public ClusterTiming {
        positive("heartbeat", heartbeat);
        positive("store-timeout", storeTimeout);
        positive("lookup-timeout", lookupTimeout);
        positive("push-timeout", pushTimeout);
        positive("unregister-delay", unregisterDelay);
        positive("reconcile-interval", reconcileInterval);
        require(
                lease.compareTo(heartbeat.multipliedBy(3).plus(storeTimeout.multipliedBy(2))) >= 0,
                "lease (%s) must be at least three heartbeats (%s) and two store timeouts (%s), or one lost heartbeat ends it",
                lease,
                heartbeat,
                storeTimeout);
        require(
                lookupTimeout.compareTo(storeTimeout) <= 0,
                "lookup-timeout (%s) must not exceed store-timeout (%s): events wait for lookups",
                lookupTimeout,
                storeTimeout);
        require(
                pushTimeout.compareTo(lease) < 0,
                "push-timeout (%s) must be shorter than lease (%s), or a dead peer is called only once per lease",
                pushTimeout,
                lease);
        require(
                entryTtl.compareTo(reconcileInterval.multipliedBy(4)) >= 0
                        && entryTtl.compareTo(lease.multipliedBy(10)) >= 0,
                "entry-ttl (%s) must be at least four times reconcile-interval (%s) and ten leases (%s), or entries in use"
                        + " expire",
                entryTtl,
                reconcileInterval,
                lease);
    }

    private static void positive(String name, Duration value) {
        require(value.isPositive(), name + " (%s) must be positive", value);
    }

    private static void require(boolean condition, String message, Object... values) {
        if (!condition) {
            throw new IllegalArgumentException("tidings.cluster.timing: " + message.formatted(values));
        }
    }
}
