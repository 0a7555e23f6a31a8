package dev.tidings.websocket.cluster.registry;

import dev.tidings.sidecar.state.StateStore;
import dev.tidings.sidecar.state.StateStore.StateChange;
import dev.tidings.sidecar.state.StateStore.Versioned;
import dev.tidings.sidecar.state.StateStoreException;
import dev.tidings.websocket.batch.Batcher;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/**
 * Writes entries of the registry in batches, so that many connections that open at once cost a few calls to the store.
 * Thread-safe.
 */
final class EntryWriter {
    /** Maximum number of batches at a time. */
    private static final int PARALLEL = 4;
    /** Maximum number of entries of a batch. */
    private static final int MAX_BATCH = 100;

    private final StateStore store;
    private final Duration entryTtl;
    private final Predicate<String> isGone;
    private final Batcher<EntryChange, Boolean> batches;

    private record EntryChange(StreamName stream, String incarnation, boolean present) {}

    /** @param isGone returns whether an incarnation has no lease, so that its entries are pruned */
    EntryWriter(StateStore store, Duration entryTtl, Predicate<String> isGone) {
        this.store = store;
        this.entryTtl = entryTtl;
        this.isGone = isGone;
        this.batches = new Batcher<>("cluster-registry-writer", PARALLEL, MAX_BATCH, this::write);
    }

    /**
     * Attempts one write of an entry. Reads the entry first, because its content is unknown after a failed write. Blocks for a
     * few calls to the store. The caller does not change one entry twice at a time.
     *
     * @param present whether the entry shall contain the incarnation
     * @return whether the entry is as wanted; after false the caller tries again
     * @throws StateStoreException if the store is unavailable
     */
    boolean write(StreamName stream, String incarnation, boolean present) {
        try {
            return batches.submit(new EntryChange(stream, incarnation, present)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StateStoreException failure) {
                throw new StateStoreException(String.valueOf(failure.getMessage()), failure);
            }
            throw e;
        }
    }

    /** A batch that the store rejects, because somebody else changed one entry, is written entry by entry. */
    private List<Boolean> write(List<EntryChange> batch) {
        if (batch.size() > 1 && attempt(batch)) {
            return Collections.nCopies(batch.size(), true);
        }
        return batch.stream().map(this::attempt).toList();
    }

    private boolean attempt(List<EntryChange> batch) {
        Map<String, EntryChange> byKey = new LinkedHashMap<>();
        batch.forEach(change -> byKey.put(StreamEntry.key(change.stream), change));
        Map<String, Versioned> seen = store.getAll(byKey.keySet());
        List<StateChange> writes = new ArrayList<>();
        byKey.forEach((key, change) -> {
            Versioned value = seen.getOrDefault(key, Versioned.ABSENT);
            StreamEntry entry = StreamEntry.parse(value.value());
            if (isNeeded(change, entry)) {
                writes.add(new StateChange(key, changed(change, entry), value));
            }
        });
        return store.writeAll(writes, entryTtl);
    }

    private boolean attempt(EntryChange change) {
        String key = StreamEntry.key(change.stream);
        Versioned seen = store.get(key);
        StreamEntry entry = StreamEntry.parse(seen.value());
        return !isNeeded(change, entry) || store.write(key, changed(change, entry), seen, entryTtl);
    }

    private static boolean isNeeded(EntryChange change, StreamEntry entry) {
        return change.present || entry.incarnations().contains(change.incarnation);
    }

    private String changed(EntryChange change, StreamEntry entry) {
        return entry.changed(change.incarnation, change.present, isGone).toJson();
    }
}
