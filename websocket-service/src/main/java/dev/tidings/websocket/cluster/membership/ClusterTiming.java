package dev.tidings.websocket.cluster.membership;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The cluster's time limits. Values that contradict each other are refused at start; why each is safe stands in the
 * package's manual.
 *
 * @param heartbeat how often a replica renews its lease, and so how often it looks at the others'
 * @param lease how long a counter may stand still before its replica counts as gone
 * @param storeTimeout for one call to the state store
 * @param lookupTimeout for the question who holds a stream, which events wait for
 * @param push for one call to a peer
 * @param linger how long a stream stays registered after its last connection went, so that a reload costs no write
 * @param reassert how often each stream's entry is compared with what should be in it
 * @param entryLife after which the store may forget a stream's entry
 */
public record ClusterTiming(
        @DefaultValue("2s") Duration heartbeat,
        @DefaultValue("8s") Duration lease,
        @DefaultValue("500ms") Duration storeTimeout,
        @DefaultValue("250ms") Duration lookupTimeout,
        @DefaultValue("1s") Duration push,
        @DefaultValue("30s") Duration linger,
        @DefaultValue("5m") Duration reassert,
        @DefaultValue("7d") Duration entryLife) {

    public ClusterTiming {
        positive("heartbeat", heartbeat);
        positive("store-timeout", storeTimeout);
        positive("lookup-timeout", lookupTimeout);
        positive("push", push);
        positive("linger", linger);
        positive("reassert", reassert);
        require(
                lease.compareTo(heartbeat.multipliedBy(3).plus(storeTimeout.multipliedBy(2))) >= 0,
                "lease (%s) must be at least three heartbeats (%s) and two store timeouts (%s), or one lost beat ends it",
                lease,
                heartbeat,
                storeTimeout);
        require(
                lookupTimeout.compareTo(storeTimeout) <= 0,
                "lookup-timeout (%s) must not exceed store-timeout (%s): events wait for lookups",
                lookupTimeout,
                storeTimeout);
        require(
                push.compareTo(lease) < 0,
                "push (%s) must be shorter than lease (%s), or one dead peer is asked once per lease only",
                push,
                lease);
        require(
                entryLife.compareTo(reassert.multipliedBy(4)) >= 0 && entryLife.compareTo(lease.multipliedBy(10)) >= 0,
                "entry-life (%s) must be at least four times reassert (%s) and ten leases (%s), or entries in use expire",
                entryLife,
                reassert,
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
