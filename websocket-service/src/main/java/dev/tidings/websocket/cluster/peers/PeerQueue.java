package dev.tidings.websocket.cluster.peers;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The events for one receiver, bounded in number and bytes. An overflow drops all queued events and leaves one request
 * instead: <em>sweep now</em>. A slow receiver therefore costs a fixed amount of memory. Any thread may call any method;
 * one thread takes.
 */
public final class PeerQueue {
    private static final int MAX_EVENTS = 10_000;
    private static final long MAX_BYTES = 16L << 20;
    private static final int BATCH_EVENTS = 500;
    private static final long BATCH_BYTES = 1L << 20;
    /** Estimated size of an event without its data, in bytes. */
    private static final int OVERHEAD = 200;

    @GuardedBy("this")
    private final Deque<LoggedEvent> events = new ArrayDeque<>();

    @GuardedBy("this")
    private long bytes;

    @GuardedBy("this")
    private boolean sweep;

    /** Streams of which this replica has changed the registration. */
    @GuardedBy("this")
    private final Set<StreamName> changed = new LinkedHashSet<>();

    /** Whether the next batch is sent even if it is empty. */
    @GuardedBy("this")
    private boolean announce;

    /**
     * The events that are sent in one call.
     *
     * @param sweep whether events or notices before these were dropped, so that the receiver must sweep
     * @param changed the streams that the sender has registered or unregistered
     */
    public record PeerBatch(boolean sweep, List<LoggedEvent> events, List<StreamName> changed) {
        public PeerBatch {
            events = List.copyOf(events);
            changed = List.copyOf(changed);
        }
    }

    /** Queues events. Returns how many events were dropped, including these. */
    synchronized int add(Collection<LoggedEvent> added) {
        long weight = added.stream().mapToLong(PeerQueue::weight).sum();
        if (events.size() + added.size() > MAX_EVENTS || bytes + weight > MAX_BYTES) {
            return drop() + added.size();
        }
        events.addAll(added);
        bytes += weight;
        notifyAll();
        return 0;
    }

    /** Queues the notice that this replica has changed the registration of a stream. */
    synchronized void addChanged(StreamName stream) {
        if (changed.size() == MAX_EVENTS) {
            drop();
        } else {
            changed.add(stream);
            notifyAll();
        }
    }

    /** Drops all queued events and notices, and requests a sweep. Returns how many events were dropped. */
    synchronized int drop() {
        int dropped = events.size();
        events.clear();
        changed.clear();
        bytes = 0;
        sweep = true;
        notifyAll();
        return dropped;
    }

    /** Makes {@link #take} return a batch even if it is empty. */
    synchronized void announce() {
        announce = true;
        notifyAll();
    }

    /** Blocks until there is something to send. Returns all queued events, up to the maximum size of a batch. */
    synchronized PeerBatch take() throws InterruptedException {
        while (events.isEmpty() && changed.isEmpty() && !sweep && !announce) {
            wait();
        }
        List<LoggedEvent> taken = new ArrayList<>();
        long takenBytes = 0;
        while (!events.isEmpty() && taken.size() < BATCH_EVENTS && takenBytes < BATCH_BYTES) {
            LoggedEvent event = events.removeFirst();
            taken.add(event);
            takenBytes += weight(event);
        }
        bytes -= takenBytes;
        PeerBatch batch = new PeerBatch(sweep, taken, List.copyOf(changed));
        changed.clear();
        sweep = false;
        announce = false;
        return batch;
    }

    synchronized int size() {
        return events.size();
    }

    private static long weight(LoggedEvent event) {
        return OVERHEAD + event.data().length();
    }
}
