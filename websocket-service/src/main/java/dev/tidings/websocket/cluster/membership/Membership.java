package dev.tidings.websocket.cluster.membership;

import dev.tidings.sidecar.state.StateStore;
import dev.tidings.sidecar.state.StateStore.Versioned;
import dev.tidings.sidecar.state.StateStoreException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The membership of this replica, and its view of the others.
 *
 * <p>One thread calls {@link #renewLease} and {@link #leave}; any thread may call the other methods. No lock is held during
 * a call to the store. Reads are applied in the order of the versions of the list.
 */
public final class Membership {
    private static final Logger log = LoggerFactory.getLogger(Membership.class);
    /** Of all replicas that write at the same time, one succeeds per attempt. */
    private static final int ATTEMPTS = 10;
    /** Every heartbeat rewrites the list. It expires a day after the last replica has stopped. */
    private static final Duration LIST_LIFE = Duration.ofDays(1);

    private final StateStore store;
    private final ClusterTiming timing;
    private final String name;
    private final Supplier<String> address;
    private final LongSupplier clock;
    private final MembershipMetrics metrics;
    private final Runnable onRead;
    private final Runnable onNewIncarnation;

    private final AtomicReference<LeaseTable> table;
    /** Ids that are not in the list. Ids are never reused, so this stays true. Cleared with each heartbeat. */
    private final Set<String> absent = ConcurrentHashMap.newKeySet();

    private volatile String incarnation = UUID.randomUUID().toString();
    /** The id of the next incarnation. Kept until a write of it is known to have succeeded. */
    private volatile String nextIncarnation = incarnation;

    private volatile long renewedAt;
    private volatile boolean joined;

    /**
     * @param clock monotonic, in nanoseconds
     * @param onRead called after every read of the list, when {@link #peers} may have changed
     * @param onNewIncarnation called after this replica has joined as a new incarnation
     */
    public Membership(
            StateStore store,
            ClusterTiming timing,
            String name,
            Supplier<String> address,
            LongSupplier clock,
            MembershipMetrics metrics,
            Runnable onRead,
            Runnable onNewIncarnation) {
        this.store = store;
        this.timing = timing;
        this.name = name;
        this.address = address;
        this.clock = clock;
        this.metrics = metrics;
        this.onRead = onRead;
        this.onNewIncarnation = onNewIncarnation;
        this.table = new AtomicReference<>(LeaseTable.empty(timing.lease()));
    }

    /** Returns the incarnation id of this replica. */
    public String incarnation() {
        return incarnation;
    }

    /** Returns whether this replica holds a lease that no peer can have seen expire. */
    public boolean isJoined() {
        return joined && clock.getAsLong() - renewedAt < safeAge();
    }

    /** Returns the other replicas with a live lease, as of the last read. */
    public List<Member> peers() {
        return table.get().live().stream()
                .filter(m -> !m.incarnation().equals(incarnation))
                .toList();
    }

    /**
     * Renews the lease. Joins as a new incarnation if the lease is gone, or so old that a peer may have considered it
     * expired and pruned the entries of this replica.
     *
     * @throws StateStoreException if the store is unavailable; the incarnation stays, and peers continue to send events
     */
    public void renewLease() {
        absent.clear();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long started = clock.getAsLong();
            Versioned stored = store.get(MemberList.KEY);
            MemberList list = MemberList.parse(stored.value());
            LeaseTable seen = observe(list);
            Member current = list.find(incarnation);
            boolean inTime = joined && started - renewedAt < safeAge();
            Member self =
                    current != null && inTime ? current.renewed() : new Member(nextIncarnation, name, address.get(), 1);
            boolean keeps = self.incarnation().equals(incarnation) && joined;
            MemberList renewed = list.renewed(self, incarnation, seen::isLive);
            if (store.write(MemberList.KEY, renewed.toJson(), stored, LIST_LIFE)) {
                renewedAt = started;
                if (!keeps) {
                    join(self, current == null);
                }
                observe(renewed);
                metrics.renewed();
                if (!keeps) {
                    onNewIncarnation.run();
                }
                return;
            }
        }
        throw new StateStoreException(
                "the lease was not renewed: " + ATTEMPTS + " writes of the member list conflicted");
    }

    private void join(Member self, boolean leaseGone) {
        if (joined) {
            metrics.incarnationChanged();
            log.warn(
                    "Replica {} joins as the new incarnation {} because its lease {}; its streams are registered again",
                    name,
                    self.incarnation(),
                    leaseGone ? "is gone from the member list" : "was not renewed in time");
        } else {
            log.info("Replica {} joined the cluster at {} as incarnation {}", name, self.address(), self.incarnation());
        }
        incarnation = self.incarnation();
        nextIncarnation = UUID.randomUUID().toString();
        joined = true;
    }

    /** Reads the member list. */
    public void read() {
        observe(MemberList.parse(store.get(MemberList.KEY).value()));
    }

    /**
     * Returns whether that incarnation is gone. An unknown id may belong to a replica that has just joined. A replica is in
     * the list before its id is anywhere else, so one read of the list decides.
     */
    public boolean isGone(String id) {
        if (id.equals(incarnation)) {
            return false;
        }
        if (!table.get().names(id)) {
            if (absent.contains(id)) {
                return true;
            }
            read();
            if (!table.get().names(id)) {
                absent.add(id);
            }
        }
        return !table.get().isLive(id);
    }

    /** Removes this replica from the list. A failure is harmless, because the lease expires. */
    public void leave() {
        joined = false;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Versioned stored = store.get(MemberList.KEY);
            MemberList list = MemberList.parse(stored.value());
            if (list.find(incarnation) == null
                    || store.write(MemberList.KEY, list.without(incarnation).toJson(), stored, LIST_LIFE)) {
                log.info("Replica {} left the cluster", name);
                return;
            }
        }
    }

    private LeaseTable observe(MemberList list) {
        LeaseTable seen = table.updateAndGet(before -> before.observe(list, clock.getAsLong()));
        onRead.run();
        return seen;
    }

    /**
     * Returns the age up to which no peer can see the lease of this replica as expired, even if the write that renews it
     * takes its full timeouts: peers start to count after that write began, and wait for the whole TTL.
     */
    private long safeAge() {
        return timing.lease().minus(timing.storeTimeout().multipliedBy(2)).toNanos();
    }
}
