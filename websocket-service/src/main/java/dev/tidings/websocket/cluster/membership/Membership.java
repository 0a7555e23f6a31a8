package dev.tidings.websocket.cluster.membership;

import dev.tidings.websocket.cluster.store.StateStore;
import dev.tidings.websocket.cluster.store.StateStore.Versioned;
import dev.tidings.websocket.cluster.store.StateStoreException;
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
 * This replica's place in the member list, and its view of the others.
 *
 * <p>One thread calls {@link #beat} and {@link #leave}; any thread may ask or {@link #look}. No lock is held while the
 * store is called: views are applied in the order of the list's versions, whoever read them.
 */
public final class Membership {
    private static final Logger log = LoggerFactory.getLogger(Membership.class);
    /** Of all replicas that write at the same time one succeeds in each round. */
    private static final int ATTEMPTS = 10;
    /** The list is rewritten with each heartbeat; it goes by itself when the last replica has been gone for a day. */
    private static final Duration LIST_LIFE = Duration.ofDays(1);

    private final StateStore store;
    private final ClusterTiming timing;
    private final String name;
    private final Supplier<String> address;
    private final LongSupplier clock;
    private final MembershipMetrics metrics;
    private final Runnable onLook;
    private final Runnable onNewBoot;

    private final AtomicReference<LeaseTable> table;
    /** Ids that a look did not find. Ids are never used again, so this stays true; emptied with each heartbeat. */
    private final Set<String> absent = ConcurrentHashMap.newKeySet();

    private volatile String boot = UUID.randomUUID().toString();
    /** The id that the next incarnation takes; kept until a write of it is known to have succeeded. */
    private volatile String nextBoot = boot;

    private volatile long renewedAt;
    private volatile boolean joined;

    /**
     * @param clock steady, in nanoseconds
     * @param onLook called after every look, when {@link #peers} may have changed
     * @param onNewBoot called after this replica has joined under a new boot id
     */
    public Membership(
            StateStore store,
            ClusterTiming timing,
            String name,
            Supplier<String> address,
            LongSupplier clock,
            MembershipMetrics metrics,
            Runnable onLook,
            Runnable onNewBoot) {
        this.store = store;
        this.timing = timing;
        this.name = name;
        this.address = address;
        this.clock = clock;
        this.metrics = metrics;
        this.onLook = onLook;
        this.onNewBoot = onNewBoot;
        this.table = new AtomicReference<>(LeaseTable.empty(timing.lease()));
    }

    /** The boot id under which peers know this replica. */
    public String boot() {
        return boot;
    }

    /** Whether this replica holds a lease that no peer can have seen expire. */
    public boolean isJoined() {
        return joined && clock.getAsLong() - renewedAt < safeAge();
    }

    /** The other replicas with a live lease, as seen at the last look. */
    public List<Member> peers() {
        return table.get().live().stream().filter(m -> !m.boot().equals(boot)).toList();
    }

    /**
     * Renews the lease, or joins under a new boot id when the lease is gone or so old that a peer may have judged it
     * dead and dropped our streams.
     *
     * @throws StateStoreException if the store is silent; the boot id stays, and peers go on telling us
     */
    public void beat() {
        absent.clear();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long started = clock.getAsLong();
            Versioned stored = store.get(MemberList.KEY);
            MemberList list = MemberList.parse(stored.value());
            LeaseTable seen = observe(list);
            Member current = list.find(boot);
            boolean inTime = joined && started - renewedAt < safeAge();
            Member self = current != null && inTime ? current.beat() : new Member(nextBoot, name, address.get(), 1);
            boolean keeps = self.boot().equals(boot) && joined;
            MemberList renewed = list.renewed(self, boot, seen::isLive);
            if (store.write(MemberList.KEY, renewed.toJson(), stored, LIST_LIFE)) {
                renewedAt = started;
                if (!keeps) {
                    join(self, current == null);
                }
                observe(renewed);
                metrics.renewed();
                if (!keeps) {
                    onNewBoot.run();
                }
                return;
            }
        }
        throw new StateStoreException("the lease was not renewed: " + ATTEMPTS + " writes of the member list lost");
    }

    private void join(Member self, boolean leaseGone) {
        if (joined) {
            metrics.bootChanged();
            log.warn(
                    "Replica {} takes the new boot id {}, since its lease {}; its streams are registered again",
                    name,
                    self.boot(),
                    leaseGone ? "is gone from the member list" : "was not renewed in time");
        } else {
            log.info("Replica {} joined the cluster at {} with boot id {}", name, self.address(), self.boot());
        }
        boot = self.boot();
        nextBoot = UUID.randomUUID().toString();
        joined = true;
    }

    /** Reads the member list now. */
    public void look() {
        observe(MemberList.parse(store.get(MemberList.KEY).value()));
    }

    /**
     * Whether no replica answers to that boot id any more. An id that we do not know may belong to a replica that came
     * just now: a replica is in the list before its id is anywhere else, so one look at the list decides.
     */
    public boolean isGone(String id) {
        if (id.equals(boot)) {
            return false;
        }
        if (!table.get().names(id)) {
            if (absent.contains(id)) {
                return true;
            }
            look();
            if (!table.get().names(id)) {
                absent.add(id);
            }
        }
        return !table.get().isLive(id);
    }

    /** Takes this replica off the list, so that peers stop telling it; once is enough, the lease would end anyway. */
    public void leave() {
        joined = false;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Versioned stored = store.get(MemberList.KEY);
            MemberList list = MemberList.parse(stored.value());
            if (list.find(boot) == null
                    || store.write(MemberList.KEY, list.without(boot).toJson(), stored, LIST_LIFE)) {
                log.info("Replica {} left the cluster", name);
                return;
            }
        }
    }

    private LeaseTable observe(MemberList list) {
        LeaseTable seen = table.updateAndGet(before -> before.observe(list, clock.getAsLong()));
        onLook.run();
        return seen;
    }

    /**
     * Up to this age our lease cannot look expired to anybody, also when the write that renews it takes its full
     * timeouts: readers start to count after our write began, and need the whole TTL.
     */
    private long safeAge() {
        return timing.lease().minus(timing.storeTimeout().multipliedBy(2)).toNanos();
    }
}
