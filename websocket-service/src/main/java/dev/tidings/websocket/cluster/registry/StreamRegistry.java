package dev.tidings.websocket.cluster.registry;

import dev.tidings.websocket.cluster.membership.ClusterTiming;
import dev.tidings.websocket.cluster.membership.Membership;
import dev.tidings.websocket.cluster.registry.Registration.Step;
import dev.tidings.websocket.cluster.store.StateStore;
import dev.tidings.websocket.cluster.store.StateStore.Versioned;
import dev.tidings.websocket.cluster.store.StateStoreException;
import dev.tidings.websocket.delivery.LocalConnections;
import dev.tidings.websocket.delivery.Registry;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store's entries of this replica's streams as they should be.
 *
 * <p>Any thread may call any method. Per stream at most one <em>settling</em> runs, on a virtual thread of its own: it
 * asks the registration for the next step, does it, and asks again, so that what is written is what is wanted at that
 * moment. The store is called without any lock.
 */
public final class StreamRegistry implements Registry {
    private static final Logger log = LoggerFactory.getLogger(StreamRegistry.class);
    /** Store calls at the same time, so that a wave of connects does not swamp the sidecar. */
    private static final int PARALLEL = 32;
    /** Rounds of one settling; the ticks go on when other replicas kept being faster. */
    private static final int ATTEMPTS = 20;
    /** Streams that a repair settles at once, and keys that a comparison reads at once. */
    private static final int CHUNK = 100;

    private final StateStore store;
    private final Membership membership;
    private final ClusterTiming timing;
    private final Supplier<LocalConnections> connections;
    private final LongSupplier clock;

    private final Map<StreamName, Registration> registrations = new ConcurrentHashMap<>();
    /** Settlings under way; the future ends with whether the store did its part. */
    private final Map<StreamName, CompletableFuture<Boolean>> settlings = new ConcurrentHashMap<>();

    private final Semaphore storeCalls = new Semaphore(PARALLEL);

    public StreamRegistry(
            StateStore store,
            Membership membership,
            ClusterTiming timing,
            Supplier<LocalConnections> connections,
            LongSupplier clock) {
        this.store = store;
        this.membership = membership;
        this.timing = timing;
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    public void opened(StreamName stream) {
        if (!want(stream).isRegisteredAs(membership.boot())) {
            await(settle(stream), timing.storeTimeout());
        }
    }

    @Override
    public void closed(StreamName stream) {
        long now = clock.getAsLong();
        registrations.computeIfPresent(stream, (name, registration) -> registration.closed(now));
    }

    /** How many streams are registered or about to be. */
    public int size() {
        return registrations.size();
    }

    /**
     * Registers every open stream under the present boot id, then has all connections compared with the log: until an
     * entry was written, nobody told us of its stream's events.
     */
    public void registerAll() {
        connections.get().openStreams().forEach(this::want);
        repair(due(clock.getAsLong()));
        connections.get().sweepNow();
    }

    /** Called about once a second: removes what lingered long enough, repeats what failed, compares a slice. */
    public void tick(Duration sinceLast) {
        if (!membership.isJoined()) {
            return;
        }
        long now = clock.getAsLong();
        compare(slice(now, sinceLast), now);
        List<StreamName> due = due(now);
        due.removeAll(settlings.keySet());
        if (repair(due)) {
            connections.get().sweepNow();
        }
    }

    private Registration want(StreamName stream) {
        long now = clock.getAsLong();
        return registrations.compute(
                stream, (name, known) -> known == null ? Registration.opened(now) : known.reopened());
    }

    private List<StreamName> due(long now) {
        String boot = membership.boot();
        List<StreamName> due = new ArrayList<>();
        registrations.forEach((stream, registration) -> {
            if (registration.next(boot, now, timing) != Step.REST) {
                due.add(stream);
            }
        });
        return due;
    }

    /**
     * Settles these streams, many at a time, and stops at the first sign that the store is away.
     *
     * @return whether a stream was registered that connections follow
     */
    private boolean repair(List<StreamName> streams) {
        boolean late = false;
        for (int from = 0; from < streams.size(); from += CHUNK) {
            List<StreamName> chunk = streams.subList(from, Math.min(from + CHUNK, streams.size()));
            boolean stored = true;
            for (CompletableFuture<Boolean> settling :
                    chunk.stream().map(this::settle).toList()) {
                stored &= settling.join();
            }
            late |= chunk.stream().anyMatch(this::isOpen);
            if (!stored) {
                log.warn(
                        "{} of {} streams are not registered yet; the next attempt follows within seconds",
                        streams.size() - from,
                        streams.size());
                return late;
            }
        }
        return late;
    }

    private boolean isOpen(StreamName stream) {
        Registration registration = registrations.get(stream);
        return registration != null && registration.open();
    }

    /** The streams whose turn it is to be compared: a share of all, so that the work is spread over time. */
    private List<StreamName> slice(long now, Duration sinceLast) {
        long share =
                registrations.size() * sinceLast.toNanos() / timing.reassert().toNanos();
        String boot = membership.boot();
        return registrations.entrySet().stream()
                .filter(e -> e.getValue().isRegisteredAs(boot)
                        && now - e.getValue().checkedAt() >= timing.reassert().toNanos())
                .limit(CHUNK + 2 * share)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Finds entries that lost our boot id, as after a partial loss of the store; {@link #repair} writes them again. */
    private void compare(List<StreamName> streams, long now) {
        String boot = membership.boot();
        for (int from = 0; from < streams.size(); from += CHUNK) {
            List<StreamName> chunk = streams.subList(from, Math.min(from + CHUNK, streams.size()));
            Map<String, Versioned> stored =
                    store.getAll(chunk.stream().map(StreamEntry::key).toList());
            for (StreamName stream : chunk) {
                Versioned value = stored.getOrDefault(StreamEntry.key(stream), Versioned.ABSENT);
                boolean present = StreamEntry.parse(value.value()).boots().contains(boot);
                registrations.computeIfPresent(stream, (name, registration) -> registration.checked(present, now));
            }
        }
    }

    /** Starts the stream's settling, or joins the one under way, which will see what is wanted now. */
    private CompletableFuture<Boolean> settle(StreamName stream) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> running = settlings.putIfAbsent(stream, mine);
        if (running != null) {
            return running.thenCompose(stored -> stored && needsMore(stream) ? settle(stream) : running);
        }
        Thread.ofVirtual().name("cluster-settle").start(() -> {
            boolean stored = false;
            try {
                stored = runSteps(stream);
            } catch (StateStoreException e) {
                log.debug("Stream {} is not settled: {}", stream, e.getMessage());
            } finally {
                settlings.remove(stream, mine);
                mine.complete(stored);
            }
        });
        return mine;
    }

    private boolean needsMore(StreamName stream) {
        Registration registration = registrations.get(stream);
        return registration != null && registration.next(membership.boot(), clock.getAsLong(), timing) == Step.REGISTER;
    }

    private boolean runSteps(StreamName stream) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String boot = membership.boot();
            long now = clock.getAsLong();
            Registration registration = registrations.get(stream);
            switch (registration == null ? Step.REST : registration.next(boot, now, timing)) {
                case REST -> {
                    return true;
                }
                case FORGET ->
                    registrations.computeIfPresent(
                            stream, (name, r) -> r.next(boot, now, timing) == Step.FORGET ? null : r);
                case REGISTER -> {
                    if (!membership.isJoined()) {
                        return false; // Nobody would believe the entry; joining registers all streams.
                    }
                    registrations.computeIfPresent(stream, (name, r) -> r.writing(boot));
                    if (write(stream, boot, true)) {
                        registrations.computeIfPresent(stream, (name, r) -> r.written(boot, clock.getAsLong()));
                    }
                }
                case UNREGISTER -> {
                    // From here on a connection that opens waits for this settling, which registers again.
                    Registration begun = registrations.computeIfPresent(
                            stream, (name, r) -> r.next(boot, now, timing) == Step.UNREGISTER ? r.writing(boot) : r);
                    if (begun != null && !begun.open() && write(stream, boot, false)) {
                        registrations.computeIfPresent(stream, (name, r) -> r.removed());
                    }
                }
            }
        }
        return false;
    }

    /** One attempt; reads the entry every time, since after a failed write nobody knows what it holds. */
    private boolean write(StreamName stream, String boot, boolean present) {
        storeCalls.acquireUninterruptibly();
        try {
            String key = StreamEntry.key(stream);
            Versioned seen = store.get(key);
            StreamEntry entry = StreamEntry.parse(seen.value());
            if (!present && !entry.boots().contains(boot)) {
                return true;
            }
            StreamEntry changed = entry.changed(boot, present, membership::isGone);
            return store.write(key, changed.toJson(), seen, timing.entryLife());
        } finally {
            storeCalls.release();
        }
    }

    private static void await(CompletableFuture<Boolean> settling, Duration atMost) {
        try {
            settling.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.debug("A connection opens before its stream is registered; the sweep covers it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who holds connections for these streams, in one question to the store. */
    public static Map<StreamName, Collection<String>> holders(StateStore store, Collection<StreamName> streams) {
        Map<String, Versioned> stored =
                store.getAll(streams.stream().map(StreamEntry::key).toList());
        Map<StreamName, Collection<String>> holders = new HashMap<>();
        for (StreamName stream : streams) {
            Versioned value = stored.getOrDefault(StreamEntry.key(stream), Versioned.ABSENT);
            holders.put(stream, StreamEntry.parse(value.value()).boots());
        }
        return holders;
    }
}
