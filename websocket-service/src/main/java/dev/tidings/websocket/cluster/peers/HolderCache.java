package dev.tidings.websocket.cluster.peers;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the registry that this replica has read, so that most events need no read of the state store.
 *
 * <p>A peer that has registered or unregistered a stream sends a notice, which removes the entry. An event may be routed by
 * an entry while the notice is on its way, so the new holder misses it. Therefore the latest event that was routed by an
 * entry is kept for a moment; {@link #changed} returns it, and the caller pushes it to the new holder, whose connections
 * then find in the log what they missed. If a notice is lost, the sweep delivers until the entry expires.
 *
 * <p>Any thread may call any method; none blocks. One thread calls {@link #cached} and {@link #read}.
 */
final class HolderCache {
    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final int MAX_ENTRIES = 20_000;
    /** About a second of events at the highest rate; a notice arrives within milliseconds. */
    private static final int MAX_LATEST = 4_000;

    private record CachedHolders(Collection<String> holders, long readAt) {}

    @GuardedBy("this")
    private final Map<StreamName, CachedHolders> entries = bounded(MAX_ENTRIES);

    @GuardedBy("this")
    private final Map<StreamName, LoggedEvent> latest = bounded(MAX_LATEST);

    /** Streams that are being read and have not changed since the read began. */
    @GuardedBy("this")
    private final Set<StreamName> reading = new HashSet<>();

    /** Returns the known holders of the streams of these events. A stream that is missing must be read. */
    synchronized Map<StreamName, Collection<String>> cached(List<LoggedEvent> events, long now) {
        Map<StreamName, Collection<String>> known = new HashMap<>();
        for (LoggedEvent event : events) {
            CachedHolders entry = entries.get(event.stream());
            if (entry != null && now - entry.readAt < LIFE.toNanos()) {
                known.put(event.stream(), entry.holders);
                latest.remove(event.stream());
                latest.put(event.stream(), event);
            }
        }
        return known;
    }

    /** Announces a read of these streams, which {@link #read} completes. */
    synchronized void reading(Collection<StreamName> streams) {
        reading.clear();
        reading.addAll(streams);
    }

    /** Stores what was read, except for streams that have changed since {@link #reading}. */
    synchronized void read(Map<StreamName, Collection<String>> holders, long now) {
        holders.forEach((stream, incarnations) -> {
            if (reading.remove(stream)) {
                entries.remove(stream);
                entries.put(stream, new CachedHolders(List.copyOf(incarnations), now));
            }
        });
    }

    /** Removes the entries of streams that a peer has registered or unregistered. Returns the events that it may have missed. */
    synchronized List<LoggedEvent> changed(Collection<StreamName> streams) {
        List<LoggedEvent> missed = new ArrayList<>();
        for (StreamName stream : streams) {
            entries.remove(stream);
            reading.remove(stream);
            @Nullable LoggedEvent event = latest.remove(stream);
            if (event != null) {
                missed.add(event);
            }
        }
        return missed;
    }

    /** Removes all entries, because notices may have been lost. */
    synchronized void clear() {
        entries.clear();
        reading.clear();
        latest.clear();
    }

    private static <V> Map<StreamName, V> bounded(int size) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<StreamName, V> eldest) {
                return size() > size;
            }
        };
    }
}
