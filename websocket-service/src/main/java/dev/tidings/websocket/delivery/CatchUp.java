package dev.tidings.websocket.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads pages of the log for connections that are behind. At most {@code concurrentReads} statements run at once; the
 * rest wait on virtual threads. Connections at the same number of the same stream share a read, but never one that
 * began before they asked: it might not see what made them ask. A failing database is asked again with growing pauses
 * for as long as anyone wants the page.
 *
 * <p>Any thread may call; nothing but the page's reading blocks.
 */
final class CatchUp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    /** Who is behind. */
    interface Reader {
        /** Whether the page is still of use. */
        boolean wantsPage();

        void pageRead(LogPage page, List<EncodedEvent> messages);

        /** Taking the page threw: a bug, which must not leave the connection silent for ever. */
        void cannotGoOn();
    }

    private record Place(StreamName stream, long after) {}

    private final EventLog eventLog;
    private final int pageSize;
    private final Semaphore permits;
    private final IntFunction<Duration> pauseAfterFailure;
    private final DeliveryMetrics metrics;
    private volatile boolean closed;

    /** Who waits for a read that has not begun. */
    @GuardedBy("this")
    private final Map<Place, List<Reader>> waiting = new HashMap<>();

    /** SocketLimits that have a thread. */
    @GuardedBy("this")
    private final Set<Place> served = new HashSet<>();

    /** @param pauseAfterFailure by number of failures in a row, from 1 */
    CatchUp(
            EventLog eventLog,
            DeliverySettings settings,
            IntFunction<Duration> pauseAfterFailure,
            DeliveryMetrics metrics) {
        this.eventLog = eventLog;
        this.pageSize = settings.pageSize();
        this.permits = new Semaphore(settings.concurrentReads(), true);
        this.pauseAfterFailure = pauseAfterFailure;
        this.metrics = metrics;
    }

    /** Hands the reader the page after that number, later and from another thread. */
    void request(StreamName stream, long after, Reader reader) {
        Place place = new Place(stream, after);
        boolean unserved;
        synchronized (this) {
            waiting.computeIfAbsent(place, absent -> new ArrayList<>(1)).add(reader);
            unserved = served.add(place);
        }
        if (unserved) {
            Thread.ofVirtual().name("catch-up").start(() -> serve(place));
        }
    }

    /** Ends waiting threads; pages are no longer handed out. */
    @Override
    public void close() {
        closed = true;
    }

    private void serve(Place place) {
        try {
            for (int failures = 0; !closed; ) {
                permits.acquire();
                List<Reader> readers = List.of();
                LogPage page = null;
                try {
                    readers = take(place);
                    if (readers.isEmpty()) {
                        return;
                    }
                    page = eventLog.read(place.stream(), place.after(), pageSize);
                } catch (RuntimeException e) {
                    putBack(place, readers);
                    metrics.error("catch_up");
                    log.warn(
                            "Reading {} after {} failed and is tried again: {}",
                            place.stream,
                            place.after,
                            e.toString());
                } finally {
                    permits.release();
                }
                if (page == null) {
                    failures++;
                    Thread.sleep(pauseAfterFailure.apply(failures));
                } else {
                    failures = 0;
                    hand(page, readers);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void putBack(Place place, List<Reader> readers) {
        waiting.computeIfAbsent(place, absent -> new ArrayList<>(readers.size()))
                .addAll(readers);
    }

    private synchronized List<Reader> take(Place place) {
        List<Reader> readers = waiting.remove(place);
        if (readers != null) {
            readers.removeIf(reader -> !reader.wantsPage());
        }
        if (readers == null || readers.isEmpty()) {
            served.remove(place);
            return List.of();
        }
        return readers;
    }

    private void hand(LogPage page, List<Reader> readers) {
        metrics.pageRead(readers.size());
        List<EncodedEvent> messages = EncodedEvent.of(page.events());
        for (Reader reader : readers) {
            try {
                reader.pageRead(page, messages);
            } catch (RuntimeException e) {
                log.error("A connection cannot go on after {} of {} and is closed", page.tail(), page.stream(), e);
                reader.cannotGoOn();
            }
        }
    }
}
