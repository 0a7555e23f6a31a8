package dev.tidings.websocket.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.retry.Backoff;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads pages of the log for connections that are behind. At most {@code concurrentReads} statements run at once; other
 * requests wait on virtual threads. Connections at the same number of the same stream share one read, unless that read
 * began before their request: it might not see the event that caused the request. A failed read is retried with backoff
 * as long as a connection wants the page.
 *
 * <p>Any thread may call any method; none blocks.
 */
final class CatchUp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    /** A connection that is behind. */
    interface Reader {
        /** Returns whether the connection still wants the page. */
        boolean wantsPage();

        void pageRead(LogPage page, List<EncodedEvent> events);

        /** Reports that {@link #pageRead} threw: a bug. The connection must close, or it would never receive an event. */
        void failed();
    }

    private record ReadPosition(StreamName stream, long after) {}

    private final EventLog eventLog;
    private final int pageSize;
    private final Semaphore permits;
    private final Backoff backoff;
    private final DeliveryMetrics metrics;
    private volatile boolean closed;

    /** Readers whose read has not begun. */
    @GuardedBy("this")
    private final Map<ReadPosition, List<Reader>> waiting = new HashMap<>();

    /** Positions that have a thread. */
    @GuardedBy("this")
    private final Set<ReadPosition> served = new HashSet<>();

    /** @param backoff the delay before a failed read is repeated */
    CatchUp(EventLog eventLog, DeliverySettings settings, Backoff backoff, DeliveryMetrics metrics) {
        this.eventLog = eventLog;
        this.pageSize = settings.pageSize();
        this.permits = new Semaphore(settings.concurrentReads(), true);
        this.backoff = backoff;
        this.metrics = metrics;
    }

    /** Requests the page after that number. The reader receives it later, on another thread. */
    void request(StreamName stream, long after, Reader reader) {
        ReadPosition position = new ReadPosition(stream, after);
        boolean unserved;
        synchronized (this) {
            waiting.computeIfAbsent(position, absent -> new ArrayList<>(1)).add(reader);
            unserved = served.add(position);
        }
        if (unserved) {
            Thread.ofVirtual().name("catch-up").start(() -> serve(position));
        }
    }

    /** Stops all reads. */
    @Override
    public void close() {
        closed = true;
    }

    private void serve(ReadPosition position) {
        try {
            for (int failures = 0; !closed; ) {
                permits.acquire();
                List<Reader> readers = List.of();
                LogPage page = null;
                try {
                    readers = take(position);
                    if (readers.isEmpty()) {
                        return;
                    }
                    page = eventLog.read(position.stream(), position.after(), pageSize);
                } catch (RuntimeException e) {
                    putBack(position, readers);
                    metrics.error("catch_up");
                    log.warn(
                            "The read of {} after {} failed and is retried with backoff: {}",
                            position.stream,
                            position.after,
                            e.toString());
                } finally {
                    permits.release();
                }
                if (page == null) {
                    failures++;
                    Thread.sleep(backoff.delay(failures));
                } else {
                    failures = 0;
                    deliver(page, readers);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void putBack(ReadPosition position, List<Reader> readers) {
        waiting.computeIfAbsent(position, absent -> new ArrayList<>(readers.size()))
                .addAll(readers);
    }

    private synchronized List<Reader> take(ReadPosition position) {
        List<Reader> readers = waiting.remove(position);
        if (readers != null) {
            readers.removeIf(reader -> !reader.wantsPage());
        }
        if (readers == null || readers.isEmpty()) {
            served.remove(position);
            return List.of();
        }
        return readers;
    }

    private void deliver(LogPage page, List<Reader> readers) {
        metrics.pageRead(readers.size());
        List<EncodedEvent> events = EncodedEvent.of(page.events());
        for (Reader reader : readers) {
            try {
                reader.pageRead(page, events);
            } catch (RuntimeException e) {
                log.error(
                        "A connection failed to handle the page up to {} of {} and is closed",
                        page.tail(),
                        page.stream(),
                        e);
                reader.failed();
            }
        }
    }
}
