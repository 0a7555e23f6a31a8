package dev.tidings.websocket.cluster.peers;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.websocket.stream.LoggedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * News on its way, bounded in events and bytes. What does not fit is not queued but forgotten, together with all that
 * was queued before it, and one note is left instead: <em>sweep now</em>. So a reader that cannot keep up costs a fixed
 * amount of memory, and is told once that it missed something rather than event by event. Any thread may call any
 * method; one thread takes.
 */
public final class PeerQueue {
    private static final int MAX_EVENTS = 10_000;
    private static final long MAX_BYTES = 16L << 20;
    private static final int BATCH_EVENTS = 500;
    private static final long BATCH_BYTES = 1L << 20;
    /** What an event weighs beside its data and names. */
    private static final int OVERHEAD = 200;

    @GuardedBy("this")
    private final Deque<LoggedEvent> events = new ArrayDeque<>();

    @GuardedBy("this")
    private long bytes;

    @GuardedBy("this")
    private boolean sweep;

    /** Whether something is to be said even without events. */
    @GuardedBy("this")
    private boolean greet;

    /**
     * What is taken at once.
     *
     * @param sweep whether news before these were forgotten
     */
    public record Batch(boolean sweep, List<LoggedEvent> events) {
        public Batch {
            events = List.copyOf(events);
        }
    }

    /** Queues events. Returns how many were forgotten, these included. */
    synchronized int add(Collection<LoggedEvent> news) {
        long weight = news.stream().mapToLong(PeerQueue::weight).sum();
        if (events.size() + news.size() > MAX_EVENTS || bytes + weight > MAX_BYTES) {
            return forget() + news.size();
        }
        events.addAll(news);
        bytes += weight;
        notifyAll();
        return 0;
    }

    /** Forgets everything queued and leaves the note. Returns how many events that were. */
    synchronized int forget() {
        int forgotten = events.size();
        events.clear();
        bytes = 0;
        sweep = true;
        notifyAll();
        return forgotten;
    }

    /** Lets the taker go on with an empty batch if there is nothing else to take. */
    synchronized void greet() {
        greet = true;
        notifyAll();
    }

    /** Waits for something to take: all that is there, up to the size of a batch. */
    synchronized Batch take() throws InterruptedException {
        while (events.isEmpty() && !sweep && !greet) {
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
        Batch batch = new Batch(sweep, taken);
        sweep = false;
        greet = false;
        return batch;
    }

    synchronized int size() {
        return events.size();
    }

    private static long weight(LoggedEvent event) {
        return OVERHEAD + event.data().length();
    }
}
