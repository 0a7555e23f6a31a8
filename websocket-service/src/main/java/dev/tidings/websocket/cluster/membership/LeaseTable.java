package dev.tidings.websocket.cluster.membership;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one replica knows of all leases, judged by its own clock only: a lease lives as long as its counter moves within
 * the TTL while we look. Nobody's wall clock matters. Immutable; time is passed in, in nanoseconds of any steady clock.
 *
 * <p>A lease ends by looking, never by not looking: time in which we were blind (frozen, or without the store) counts
 * for at most half a TTL, so that it takes two looks at the same counter to call a replica gone. While the store is
 * away everybody therefore stays known, and is told of events without asking.
 */
final class LeaseTable {
    private final Duration ttl;
    private final @Nullable MemberList seen;
    private final long seenAt;
    private final Map<String, Lease> leases;

    /**
     * @param still for how long its counter was watched standing still, in nanoseconds
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

    /** The table after a look at the list. A list older than the one seen last changes nothing. */
    LeaseTable observe(MemberList list, long now) {
        if (seen != null && seen.epoch().equals(list.epoch()) && list.version() < seen.version()) {
            return this;
        }
        long passed = seen == null ? 0 : Math.clamp(now - seenAt, 0, ttl.toNanos() / 2);
        Map<String, Lease> next = new HashMap<>();
        for (Member member : list.members()) {
            Lease before = leases.get(member.boot());
            long still = before != null && before.member.counter() == member.counter() ? before.still + passed : 0;
            next.put(member.boot(), new Lease(member, still));
        }
        return new LeaseTable(ttl, list, now, Map.copyOf(next));
    }

    /** Whether the list names that boot id, live or not. */
    boolean names(String boot) {
        return leases.containsKey(boot);
    }

    boolean isLive(String boot) {
        Lease lease = leases.get(boot);
        return lease != null && lease.still < ttl.toNanos();
    }

    /** The replicas with a live lease, in the order of their names. */
    List<Member> live() {
        return leases.values().stream()
                .map(Lease::member)
                .filter(member -> isLive(member.boot()))
                .sorted((a, b) -> (a.name() + a.boot()).compareTo(b.name() + b.boot()))
                .toList();
    }
}
