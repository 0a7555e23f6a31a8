package dev.tidings.websocket.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.websocket.delivery.Outgoing.StreamMessage;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.LoggedEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the queued messages of one connection to its {@link Wire}, one at a time and in the order they were queued.
 *
 * <p>Any thread may call any method; none blocks. {@link #write} must be called without a lock: it writes and notifies
 * the listener. If several threads call it, one of them writes and the others return.
 */
final class MessageWriter {
    private static final Logger log = LoggerFactory.getLogger(MessageWriter.class);

    /** Called for every message, one at a time, without the lock of the writer. */
    interface Listener {
        /** The message is about to be written. */
        void writing(Outgoing message);

        /** The message was written. */
        void written();
    }

    private final Wire wire;
    private final DeliveryMetrics metrics;
    private final InstantSource clock;
    private final Listener listener;
    private final @Nullable DeliverySpans spans;
    private final AtomicInteger requests = new AtomicInteger();

    @GuardedBy("this")
    private final SendQueue queue;

    @GuardedBy("this")
    private boolean writing;

    /** The reason to close the wire with after the last message. */
    @GuardedBy("this")
    private @Nullable CloseReason closeReason;

    @GuardedBy("this")
    private boolean stopped;

    MessageWriter(
            Wire wire, DeliverySettings settings, DeliveryMetrics metrics, InstantSource clock, Listener listener) {
        this.wire = wire;
        this.metrics = metrics;
        this.clock = clock;
        this.listener = listener;
        this.spans = metrics.newSpans(clock);
        this.queue = new SendQueue(settings.queueMessages(), settings.queueBytes());
    }

    synchronized boolean hasRoom() {
        return queue.hasRoom();
    }

    synchronized boolean isLow() {
        return queue.isLow();
    }

    synchronized boolean isWriting() {
        return writing;
    }

    /** Returns how many messages the wire has not accepted yet. */
    synchronized int waiting() {
        return queue.size() + (writing ? 1 : 0);
    }

    synchronized void add(Outgoing message) {
        queue.add(message);
        metrics.queued(1);
    }

    /** Drops the queue, then sends one last message and closes the wire. Returns how many messages were dropped. */
    synchronized int finish(Outgoing last, CloseReason reason) {
        int dropped = clear();
        add(last);
        closeReason = reason;
        return dropped;
    }

    /** Stops writing, because the socket is gone. Returns how many messages were dropped. */
    synchronized int stop() {
        stopped = true;
        return clear();
    }

    private synchronized int clear() {
        int dropped = queue.clear();
        metrics.queued(-dropped);
        return dropped;
    }

    /** Records that the client has everything up to this cursor. */
    void acknowledged(Cursor cursor) {
        if (spans != null) {
            spans.acknowledged(cursor);
        }
    }

    /** Writes what is queued. A call from within the loop makes the loop run once more. */
    void write() {
        if (requests.getAndIncrement() > 0) {
            return;
        }
        int served;
        do {
            served = requests.get();
            writeNext();
        } while (requests.addAndGet(-served) > 0);
    }

    private void writeNext() {
        Outgoing next;
        CloseReason close = null;
        synchronized (this) {
            if (writing || stopped) {
                return;
            }
            next = queue.poll();
            writing = next != null;
            if (next != null) {
                metrics.queued(-1);
            } else {
                close = closeReason;
                closeReason = null;
            }
        }
        if (next != null) {
            listener.writing(next);
            if (spans != null && next instanceof StreamMessage sent) {
                spans.writing(sent.event().event());
            }
            wire.write(next.utf8(), failure -> written(next, failure));
        } else if (close != null) {
            wire.close(close.code(), close.text());
        }
    }

    private void written(Outgoing message, @Nullable Throwable failure) {
        if (failure != null) {
            log.debug("[WebSocket] A write failed because the socket is gone", failure);
            metrics.error("write");
            wire.abort();
            return;
        }
        metrics.sent();
        if (spans != null) {
            spans.written();
        }
        if (message instanceof StreamMessage sent && sent.isNew()) {
            LoggedEvent event = sent.event().event();
            long now = clock.millis();
            metrics.delivered(event.eventType(), Duration.ofMillis(now - event.timestamp()));
            metrics.onScreen(Duration.ofMillis(now - event.emittedAt()));
        }
        synchronized (this) {
            writing = false;
        }
        listener.written();
        write();
    }
}
