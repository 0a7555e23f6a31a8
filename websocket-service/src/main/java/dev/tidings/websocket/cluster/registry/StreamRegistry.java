package dev.tidings.websocket.cluster.registry;

import dev.tidings.sidecar.state.StateStore;
import dev.tidings.sidecar.state.StateStore.Versioned;
import dev.tidings.sidecar.state.StateStoreException;
import dev.tidings.websocket.cluster.membership.ClusterTiming;
import dev.tidings.websocket.cluster.membership.Membership;
import dev.tidings.websocket.cluster.registry.Registration.RegistrationAction;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles the entries of this replica's streams in the store with the wanted state.
 *
 * <p>Any thread may call any method. At most one reconciliation per stream runs at a time, on a virtual thread of its own.
 * It executes the next action of the registration until none is left, so it always writes the state that is wanted at that
 * moment. No lock is held during a call to the store.
 */
public final class StreamRegistry implements Registry {
    private static final Logger log = LoggerFactory.getLogger(StreamRegistry.class);
    /** Maximum number of attempts of one reconciliation. The next tick continues after it. */
    private static final int ATTEMPTS = 20;
    /** Number of streams that are reconciled concurrently, and of keys that one comparison reads. */
    private static final int CHUNK = 100;

    private final StateStore store;
    private final Membership membership;
    private final ClusterTiming timing;
    private final Supplier<LocalConnections> connections;
    private final LongSupplier clock;
    private final Consumer<StreamName> onChanged;

    private final Map<StreamName, Registration> registrations = new ConcurrentHashMap<>();
    /** Running reconciliations. The result is false if the store failed. */
    private final Map<StreamName, CompletableFuture<Boolean>> reconciliations = new ConcurrentHashMap<>();

    private final EntryWriter entries;

    /** @param onChanged called after an entry was changed; must not block */
    public StreamRegistry(
            StateStore store,
            Membership membership,
            ClusterTiming timing,
            Supplier<LocalConnections> connections,
            LongSupplier clock,
            Consumer<StreamName> onChanged) {
        this.store = store;
        this.membership = membership;
        this.timing = timing;
        this.connections = connections;
        this.clock = clock;
        this.onChanged = onChanged;
        this.entries = new EntryWriter(store, timing.entryTtl(), membership::isGone);
    }

    @Override
    public void opened(StreamName stream) {
        if (!want(stream).isRegisteredAs(membership.incarnation())) {
            await(reconcileAsync(stream), timing.storeTimeout());
        }
    }

    @Override
    public void closed(StreamName stream) {
        long now = clock.getAsLong();
        registrations.computeIfPresent(stream, (name, registration) -> registration.closed(now));
    }

    /** Returns how many streams are registered or being registered. */
    public int size() {
        return registrations.size();
    }

    /**
     * Registers every open stream under the current incarnation, then requests a sweep, because peers did not send events
     * of a stream before its entry was written.
     */
    public void registerAll() {
        connections.get().openStreams().forEach(this::want);
        reconcile(due(clock.getAsLong()));
        connections.get().sweepNow();
    }

    /** Unregisters and retries what is due, and compares a share of the entries. Called about once a second. */
    public void tick(Duration sinceLast) {
        if (!membership.isJoined()) {
            return;
        }
        long now = clock.getAsLong();
        compare(slice(now, sinceLast), now);
        List<StreamName> due = due(now);
        due.removeAll(reconciliations.keySet());
        if (reconcile(due)) {
            connections.get().sweepNow();
        }
    }

    private Registration want(StreamName stream) {
        long now = clock.getAsLong();
        return registrations.compute(
                stream, (name, known) -> known == null ? Registration.opened(now) : known.reopened());
    }

    private List<StreamName> due(long now) {
        String incarnation = membership.incarnation();
        List<StreamName> due = new ArrayList<>();
        registrations.forEach((stream, registration) -> {
            if (registration.next(incarnation, now, timing) != RegistrationAction.NONE) {
                due.add(stream);
            }
        });
        return due;
    }

    /**
     * Reconciles these streams in chunks. Stops after the first chunk in which the store failed.
     *
     * @return whether one of the streams has connections
     */
    private boolean reconcile(List<StreamName> streams) {
        boolean late = false;
        for (int from = 0; from < streams.size(); from += CHUNK) {
            List<StreamName> chunk = streams.subList(from, Math.min(from + CHUNK, streams.size()));
            boolean stored = true;
            for (CompletableFuture<Boolean> running :
                    chunk.stream().map(this::reconcileAsync).toList()) {
                stored &= running.join();
            }
            late |= chunk.stream().anyMatch(this::isOpen);
            if (!stored) {
                log.warn(
                        "{} of {} streams are not registered because the state store failed; the registration is retried",
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

    /** Returns the streams to compare in this tick: a share of all, so that the load is even. */
    private List<StreamName> slice(long now, Duration sinceLast) {
        long share = registrations.size()
                * sinceLast.toNanos()
                / timing.reconcileInterval().toNanos();
        String incarnation = membership.incarnation();
        return registrations.entrySet().stream()
                .filter(e -> e.getValue().isRegisteredAs(incarnation)
                        && now - e.getValue().checkedAt()
                                >= timing.reconcileInterval().toNanos())
                .limit(CHUNK + 2 * share)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Finds entries that lost this replica, for example after a partial loss of the store. {@link #reconcile} writes them again. */
    private void compare(List<StreamName> streams, long now) {
        String incarnation = membership.incarnation();
        for (int from = 0; from < streams.size(); from += CHUNK) {
            List<StreamName> chunk = streams.subList(from, Math.min(from + CHUNK, streams.size()));
            Map<String, Versioned> stored =
                    store.getAll(chunk.stream().map(StreamEntry::key).toList());
            for (StreamName stream : chunk) {
                Versioned value = stored.getOrDefault(StreamEntry.key(stream), Versioned.ABSENT);
                boolean present =
                        StreamEntry.parse(value.value()).incarnations().contains(incarnation);
                registrations.computeIfPresent(stream, (name, registration) -> registration.checked(present, now));
            }
        }
    }

    /** Starts a reconciliation of the stream, or joins the running one, which sees the state that is wanted now. */
    private CompletableFuture<Boolean> reconcileAsync(StreamName stream) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> running = reconciliations.putIfAbsent(stream, mine);
        if (running != null) {
            return running.thenCompose(stored -> stored && needsMore(stream) ? reconcileAsync(stream) : running);
        }
        Thread.ofVirtual().name("cluster-reconcile").start(() -> {
            boolean stored = false;
            try {
                stored = runActions(stream);
            } catch (StateStoreException e) {
                log.debug("The reconciliation of stream {} failed: {}", stream, e.getMessage());
            } finally {
                reconciliations.remove(stream, mine);
                mine.complete(stored);
            }
        });
        return mine;
    }

    private boolean needsMore(StreamName stream) {
        Registration registration = registrations.get(stream);
        return registration != null
                && registration.next(membership.incarnation(), clock.getAsLong(), timing)
                        == RegistrationAction.REGISTER;
    }

    private boolean runActions(StreamName stream) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String incarnation = membership.incarnation();
            long now = clock.getAsLong();
            Registration registration = registrations.get(stream);
            switch (registration == null ? RegistrationAction.NONE : registration.next(incarnation, now, timing)) {
                case NONE -> {
                    return true;
                }
                case FORGET ->
                    registrations.computeIfPresent(
                            stream,
                            (name, r) -> r.next(incarnation, now, timing) == RegistrationAction.FORGET ? null : r);
                case REGISTER -> {
                    if (!membership.isJoined()) {
                        return false; // Peers would prune the entry. Joining the cluster registers all streams.
                    }
                    registrations.computeIfPresent(stream, (name, r) -> r.writing(incarnation));
                    if (write(stream, incarnation, true)) {
                        registrations.computeIfPresent(stream, (name, r) -> r.written(incarnation, clock.getAsLong()));
                    }
                }
                case UNREGISTER -> {
                    // From here on a connection that opens waits for this reconciliation, which registers the stream
                    // again.
                    Registration begun = registrations.computeIfPresent(
                            stream,
                            (name, r) -> r.next(incarnation, now, timing) == RegistrationAction.UNREGISTER
                                    ? r.writing(incarnation)
                                    : r);
                    if (begun != null && !begun.open() && write(stream, incarnation, false)) {
                        registrations.computeIfPresent(stream, (name, r) -> r.removed());
                    }
                }
            }
        }
        return false;
    }

    private boolean write(StreamName stream, String incarnation, boolean present) {
        boolean written = entries.write(stream, incarnation, present);
        // Also after a refused write, which may have taken place nevertheless.
        onChanged.accept(stream);
        return written;
    }

    private static void await(CompletableFuture<Boolean> running, Duration atMost) {
        try {
            running.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.debug("A connection opens before its stream is registered; the sweep delivers until then", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks up the replicas that hold connections for these streams, in one call to the store. */
    public static Map<StreamName, Collection<String>> holders(StateStore store, Collection<StreamName> streams) {
        Map<String, Versioned> stored =
                store.getAll(streams.stream().map(StreamEntry::key).toList());
        Map<StreamName, Collection<String>> holders = new HashMap<>();
        for (StreamName stream : streams) {
            Versioned value = stored.getOrDefault(StreamEntry.key(stream), Versioned.ABSENT);
            holders.put(stream, StreamEntry.parse(value.value()).incarnations());
        }
        return holders;
    }
}
