package dev.tidings.websocket.cluster.membership;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The leases of all replicas as one replica sees them. A lease is live while its counter changes within the TTL, measured
 * by the monotonic clock of the reader. No wall clocks are compared. Immutable; time is an argument, in nanoseconds.
 *
 * <p>A lease expires only by reads. The time between two reads counts for at most half a TTL, so a replica is considered
 * dead after at least two reads of an unchanged counter. While the store is unavailable all replicas therefore stay live,
 * and events are broadcast.
 */
final class LeaseTable {
    private final Duration ttl;
    private final @Nullable MemberList seen;
    private final long seenAt;
    private final Map<String, Lease> leases;

    /**
     * @param still how long the counter has not changed, in nanoseconds
     */
    private record Lease(Member member, long still) {}

    private LeaseTable(Duration ttl, @Nullable MemberList seen, long seenAt, Map<String, Lease> leases) {
        this.ttl = ttl;
        this.seen = seen;
        this.seenAt = seenAt;
        this.leases = leases;
    }

    static LeaseTable empty(Duration ttl) {
        return new LeaseTable(ttl, null, 0, Map.of());
    }

    /** Returns the table after a read of the list. A list older than the last one changes nothing. */
    LeaseTable observe(MemberList list, long now) {
        if (seen != null && seen.epoch().equals(list.epoch()) && list.version() < seen.version()) {
            return this;
        }
        long passed = seen == null ? 0 : Math.clamp(now - seenAt, 0, ttl.toNanos() / 2);
        Map<String, Lease> next = new HashMap<>();
        for (Member member : list.members()) {
            Lease before = leases.get(member.incarnation());
            long still = before != null && before.member.counter() == member.counter() ? before.still + passed : 0;
            next.put(member.incarnation(), new Lease(member, still));
        }
        return new LeaseTable(ttl, list, now, Map.copyOf(next));
    }

    /** Returns whether the list contains that incarnation, live or not. */
    boolean names(String incarnation) {
        return leases.containsKey(incarnation);
    }

    boolean isLive(String incarnation) {
        Lease lease = leases.get(incarnation);
        return lease != null && lease.still < ttl.toNanos();
    }

    /** Returns the replicas with a live lease, in the order of their names. */
    List<Member> live() {
        return leases.values().stream()
                .map(Lease::member)
                .filter(member -> isLive(member.incarnation()))
                .sorted((a, b) -> (a.name() + a.incarnation()).compareTo(b.name() + b.incarnation()))
                .toList();
    }
}
