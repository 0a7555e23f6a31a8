package dev.tidings.websocket.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open socket of one user: its {@link Feed}, the queue before its {@link Wire}, and its end.
 *
 * <p>Any thread may call any method; none blocks. What is decided is decided under the connection's lock; what is then
 * to be done outside (write, read the log, close) is done after the lock is released, by whichever thread made it due.
 * Of the threads that find something to write, one writes and the others leave it to that one, so messages leave in
 * the order they were queued.
 */
public final class Connection {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final Logger emitted = LoggerFactory.getLogger("dev.tidings.websocket.delivery.Emitted");

    private enum Phase {
        /** In the hub, so that pushes are noticed; nothing is sent before {@code connected}. */
        OPENING,
        OPEN,
        /** {@code bye} is on its way; events are no longer taken. */
        CLOSING,
        CLOSED
    }

    private record LogRead(StreamName stream, long after) {}

    private final Subscriber subscriber;
    private final List<StreamName> streams;
    private final Wire wire;
    private final CatchUp catchUp;
    private final DeliveryMetrics metrics;
    private final InstantSource clock;
    private final Duration closeTimeout;
    private final Instant openedAt;
    private final AtomicInteger pumpRequests = new AtomicInteger();

    @GuardedBy("this")
    private final Feed feed;

    @GuardedBy("this")
    private final SendQueue queue;

    @GuardedBy("this")
    private final Heartbeat heartbeat;

    @GuardedBy("this")
    private Phase phase = Phase.OPENING;

    @GuardedBy("this")
    private @Nullable Outgoing writing;

    @GuardedBy("this")
    private @Nullable LogRead wanted;

    @GuardedBy("this")
    private @Nullable CloseReason closeReason;

    @GuardedBy("this")
    private boolean closeSent;

    @GuardedBy("this")
    private long cutAt = Long.MAX_VALUE;

    @GuardedBy("this")
    private final DeliveryTracker receipts = new DeliveryTracker();

    @GuardedBy("this")
    private @Nullable Instant endedAt;

    /** Events that were still in the queue when the connection ended. */
    @GuardedBy("this")
    private int unsent;

    Connection(
            Subscriber subscriber,
            Wire wire,
            CatchUp catchUp,
            DeliverySettings settings,
            DeliveryMetrics metrics,
            Heartbeat heartbeat,
            InstantSource clock) {
        this.subscriber = subscriber;
        this.streams = subscriber.streams();
        this.wire = wire;
        this.catchUp = catchUp;
        this.metrics = metrics;
        this.heartbeat = heartbeat;
        this.clock = clock;
        this.closeTimeout = settings.closeTimeout();
        this.openedAt = clock.instant();
        this.queue = new SendQueue(settings.queueMessages(), settings.queueBytes());
        this.feed = new Feed(subscriber.userId(), streams, new QueueOutlet());
    }

    public Subscriber subscriber() {
        return subscriber;
    }

    List<StreamName> streams() {
        return streams;
    }

    /** The first message, and with it everything else. */
    void start(ResumePoint resume, long epoch, Map<StreamName, Long> tails) {
        synchronized (this) {
            if (phase != Phase.OPENING) {
                return;
            }
            phase = Phase.OPEN;
            feed.start(resume.cursor(), epoch, tails);
            Cursor start = feed.cursor();
            if (start != null) {
                receipts.start(start, openedAt.toEpochMilli());
            }
            enqueue(new Outgoing.Text(ServerMessage.connected(
                    subscriber.userId(),
                    subscriber.role(),
                    subscriber.validUntil(),
                    start == null ? resume.text() : start.encode(),
                    clock.instant())));
            feed.begin();
        }
        act();
    }

    void push(EncodedEvent message) {
        synchronized (this) {
            if (phase.compareTo(Phase.OPEN) <= 0) {
                feed.push(message);
            }
        }
        act();
    }

    void sweep(StreamName stream, long tail) {
        synchronized (this) {
            if (phase.compareTo(Phase.OPEN) <= 0) {
                feed.sweep(stream, tail);
            }
        }
        act();
    }

    /** Numbers of another log mean nothing; the client comes back and is told of a gap. */
    void requireEpoch(long epoch, long afterMillis) {
        boolean foreign;
        synchronized (this) {
            foreign = phase == Phase.OPEN && feed.epoch() != epoch;
        }
        if (foreign) {
            close(CloseReason.LOG_REPLACED, afterMillis);
        }
    }

    private synchronized boolean isOpen() {
        return phase == Phase.OPEN;
    }

    private void pageRead(LogPage page, List<EncodedEvent> messages) {
        synchronized (this) {
            if (phase == Phase.OPEN) {
                feed.pageRead(page, messages);
            }
        }
        act();
    }

    /** Answers the client. An answer that finds the queue full is left out: the client does not read anyway. */
    public void reply(byte[] message) {
        synchronized (this) {
            if (phase == Phase.OPEN && queue.hasRoom()) {
                enqueue(new Outgoing.Text(message));
            }
        }
        act();
    }

    /** Something came from the client, be it a pong. */
    public synchronized void heard() {
        heartbeat.heard();
    }

    /**
     * The client says that it has everything up to this cursor.
     *
     * @return false if the cursor is ahead of what was sent here; it is passed over then
     */
    public boolean acknowledge(Cursor cursor) {
        boolean isPossible;
        synchronized (this) {
            isPossible = receipts.acknowledge(cursor, clock.millis());
        }
        if (isPossible) {
            metrics.acknowledged();
        }
        return isPossible;
    }

    /** Says {@code bye} and closes. What still waits is dropped: the client's cursor lies before it. */
    public void close(CloseReason reason) {
        close(reason, 0);
    }

    /** @param afterMillis how long the client is asked to stay away */
    void close(CloseReason reason, long afterMillis) {
        synchronized (this) {
            if (phase.compareTo(Phase.CLOSING) >= 0) {
                return;
            }
            phase = Phase.CLOSING;
            closeReason = reason;
            dropQueue();
            enqueue(new Outgoing.Text(ServerMessage.bye(reason, afterMillis, clock.instant())));
        }
        act();
    }

    /** The socket is gone, whoever closed it. */
    void ended() {
        synchronized (this) {
            if (phase == Phase.CLOSED) {
                return;
            }
            if (phase == Phase.OPEN) {
                dropQueue();
            } else {
                metrics.queued(-queue.clear());
            }
            phase = Phase.CLOSED;
            endedAt = clock.instant();
            metrics.closed(Duration.between(openedAt, endedAt), closedBy());
        }
    }

    @GuardedBy("this")
    private void dropQueue() {
        unsent = queue.clear();
        metrics.queued(-unsent);
    }

    @GuardedBy("this")
    private String closedBy() {
        return closeReason == null ? "client" : closeReason.name();
    }

    /** How far the connection is in one of its streams. */
    synchronized ConnectionProgress progress(StreamName stream) {
        OptionalLong acked = receipts.acknowledgedUpTo(stream);
        return new ConnectionProgress(
                subscriber.userId(),
                subscriber.role(),
                openedAt.toEpochMilli(),
                endedAt == null ? null : endedAt.toEpochMilli(),
                endedAt == null ? null : closedBy(),
                feed.startedAfter(stream),
                feed.sentUpTo(stream),
                acked.isPresent() ? acked.getAsLong() : null,
                unsent + queue.size() + (writing == null ? 0 : 1),
                receipts.sentMarks(stream),
                receipts.acknowledgedMarks(stream));
    }

    /**
     * Looks after the connection, about every second.
     *
     * @param now ms of a clock that never goes back
     */
    void tick(long now) {
        Heartbeat.Liveness liveness;
        boolean cut;
        synchronized (this) {
            if (phase == Phase.CLOSED) {
                return;
            }
            liveness = heartbeat.tick(now, writing != null);
            if (phase == Phase.CLOSING && cutAt == Long.MAX_VALUE) {
                cutAt = now + closeTimeout.toMillis();
            }
            cut = now >= cutAt;
        }
        if (cut) {
            wire.abort();
            return;
        }
        switch (liveness) {
            case FINE -> {}
            case PING -> wire.ping();
            case DEAD -> close(CloseReason.UNRESPONSIVE);
            case STUCK -> close(CloseReason.SLOW);
        }
    }

    @GuardedBy("this")
    private void enqueue(Outgoing message) {
        queue.add(message);
        metrics.queued(1);
    }

    /** Does what became due; called without the lock. */
    private void act() {
        LogRead request;
        synchronized (this) {
            request = wanted;
            wanted = null;
        }
        if (request != null) {
            catchUp.request(request.stream(), request.after(), new PageReader());
        }
        pump();
    }

    /** Writes what waits, one message at a time; a call from within the loop makes the loop go round once more. */
    private void pump() {
        if (pumpRequests.getAndIncrement() > 0) {
            return;
        }
        int served;
        do {
            served = pumpRequests.get();
            writeNext();
        } while (pumpRequests.addAndGet(-served) > 0);
    }

    private void writeNext() {
        Outgoing next;
        CloseReason close = null;
        synchronized (this) {
            if (writing != null || phase == Phase.CLOSED) {
                return;
            }
            next = queue.poll();
            writing = next;
            if (next != null) {
                metrics.queued(-1);
                Cursor reached = next.cursor();
                if (reached != null) {
                    receipts.sent(reached, clock.millis());
                }
            } else if (phase == Phase.CLOSING && !closeSent) {
                closeSent = true;
                close = closeReason;
            }
        }
        if (next != null) {
            if (next instanceof Outgoing.Event sent) {
                tell(sent.event());
            }
            wire.write(next.utf8(), failure -> written(next, failure));
        } else if (close != null) {
            wire.close(close.code(), close.text());
        }
    }

    /** R-WS-10. */
    private void tell(LoggedEvent event) {
        emitted.info("[WebSocket] Emitting event to user {}: {}", subscriber.userId(), event.eventType());
        if (event.messageType().equals("order:updated")) {
            emitted.info("Order update notification sent to user {}", subscriber.userId());
        }
    }

    private void written(Outgoing message, @Nullable Throwable failure) {
        if (failure != null) {
            log.debug("[WebSocket] Write to user {} failed, the socket is gone", subscriber.userId(), failure);
            metrics.error("write");
            wire.abort();
            return;
        }
        metrics.sent();
        if (message instanceof Outgoing.Event sent && sent.isNew()) {
            LoggedEvent event = sent.event();
            metrics.delivered(event.eventType(), Duration.ofMillis(clock.millis() - event.timestamp()));
        }
        synchronized (this) {
            writing = null;
            heartbeat.progressed();
            if (phase == Phase.OPEN && feed.isFull() && queue.isLow()) {
                feed.drained();
            }
        }
        act();
    }

    private final class PageReader implements CatchUp.Reader {
        @Override
        public boolean wantsPage() {
            return isOpen();
        }

        @Override
        public void pageRead(LogPage page, List<EncodedEvent> messages) {
            Connection.this.pageRead(page, messages);
        }

        @Override
        public void cannotGoOn() {
            close(CloseReason.INTERNAL_ERROR);
        }
    }

    /** Puts the feed's decisions into the queue. The feed is called under the lock only, so these are too. */
    private final class QueueOutlet implements FeedSink {
        @Override
        @SuppressWarnings("GuardedBy")
        public boolean hasRoom() {
            return queue.hasRoom();
        }

        @Override
        @SuppressWarnings("GuardedBy")
        public void send(EncodedEvent message, boolean isNew) {
            Cursor cursor = feed.cursor();
            if (cursor == null) {
                throw new IllegalStateException("an event is sent before the client was told that its cursor is void");
            }
            enqueue(new Outgoing.Event(message.event(), message.message(), cursor, isNew));
        }

        @Override
        @SuppressWarnings("GuardedBy")
        public void send(Gap gap) {
            Cursor cursor = feed.cursor();
            enqueue(new Outgoing.Text(ServerMessage.gap(gap, cursor, clock.instant()), cursor));
        }

        @Override
        @SuppressWarnings("GuardedBy")
        public void read(StreamName stream, long after) {
            wanted = new LogRead(stream, after);
        }

        @Override
        public void fellBehind(Cause cause) {
            metrics.fellBehind(cause);
        }
    }
}
