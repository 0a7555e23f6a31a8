package dev.tidings.websocket.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.websocket.delivery.Outgoing.StreamMessage;
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
import org.jspecify.annotations.Nullable;

/**
 * One open socket of one user: its {@link Feed}, its {@link MessageWriter}, its heartbeat and its close.
 *
 * <p>Any thread may call any method; none blocks. Decisions are made under the lock of the connection. Their effects
 * (write, read the log, close) happen after the lock is released, on the thread that made the decision.
 */
public final class Connection {
    private enum Phase {
        /** The connection is in the hub and receives pushes, but {@code connected} has not been sent. */
        OPENING,
        OPEN,
        /** {@code bye} is queued; no more events are accepted. */
        CLOSING,
        CLOSED
    }

    private record LogRead(StreamName stream, long after) {}

    private final Subscriber subscriber;
    private final Wire wire;
    private final MessageWriter writer;
    private final CatchUp catchUp;
    private final DeliveryMetrics metrics;
    private final SentLogLines sentLogLines;
    private final InstantSource clock;
    private final Duration closeTimeout;
    private final Instant openedAt;

    @GuardedBy("this")
    private final Feed feed;

    @GuardedBy("this")
    private final Heartbeat heartbeat;

    @GuardedBy("this")
    private final DeliveryTracker tracker = new DeliveryTracker();

    @GuardedBy("this")
    private Phase phase = Phase.OPENING;

    @GuardedBy("this")
    private @Nullable LogRead pendingRead;

    @GuardedBy("this")
    private @Nullable CloseReason closeReason;

    /** When the socket is cut if the peer does not answer the close. */
    @GuardedBy("this")
    private long abortAt = Long.MAX_VALUE;

    @GuardedBy("this")
    private @Nullable Instant endedAt;

    /** Messages that were dropped when the connection closed. */
    @GuardedBy("this")
    private int dropped;

    Connection(
            Subscriber subscriber,
            Wire wire,
            CatchUp catchUp,
            DeliverySettings settings,
            DeliveryMetrics metrics,
            SentLogLines sentLogLines,
            Heartbeat heartbeat,
            InstantSource clock) {
        this.subscriber = subscriber;
        this.wire = wire;
        this.catchUp = catchUp;
        this.metrics = metrics;
        this.sentLogLines = sentLogLines;
        this.heartbeat = heartbeat;
        this.clock = clock;
        this.closeTimeout = settings.closeTimeout();
        this.openedAt = clock.instant();
        this.writer = new MessageWriter(wire, settings, metrics, clock, new WriteListener());
        this.feed = new Feed(subscriber.userId(), subscriber.streams(), new QueueSink());
    }

    public Subscriber subscriber() {
        return subscriber;
    }

    List<StreamName> streams() {
        return subscriber.streams();
    }

    /**
     * Sends {@code connected} and starts the feed.
     *
     * @param resume the cursor of the client; null if it has none
     * @param tails the last number of each stream, read after the connection joined the hub
     */
    void start(@Nullable Cursor resume, long epoch, Map<StreamName, Long> tails) {
        synchronized (this) {
            if (phase != Phase.OPENING) {
                return;
            }
            phase = Phase.OPEN;
            feed.start(resume, epoch, tails);
            Cursor start = feed.cursor();
            if (start != null) {
                tracker.start(start, openedAt.toEpochMilli());
            }
            Cursor shown = start == null ? resume : start;
            writer.add(new Outgoing.ControlMessage(ServerMessage.connected(
                    subscriber.userId(),
                    subscriber.role(),
                    subscriber.validUntil(),
                    shown == null ? "" : shown.encode(),
                    clock.instant())));
            feed.begin();
        }
        act();
    }

    void push(EncodedEvent event) {
        synchronized (this) {
            if (phase.compareTo(Phase.OPEN) <= 0) {
                feed.push(event);
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

    /** Closes the connection if its numbers belong to another epoch. The client reconnects and gets a gap. */
    void requireEpoch(long epoch, long afterMillis) {
        boolean foreign;
        synchronized (this) {
            foreign = phase == Phase.OPEN && feed.epoch() != epoch;
        }
        if (foreign) {
            close(CloseReason.LOG_REPLACED, afterMillis);
        }
    }

    /** Sends a reply to the client. The reply is dropped if the queue is full: the client does not read. */
    public void reply(byte[] message) {
        synchronized (this) {
            if (phase == Phase.OPEN && writer.hasRoom()) {
                writer.add(new Outgoing.ControlMessage(message));
            }
        }
        act();
    }

    /** Records that a message or a pong arrived from the client. */
    public synchronized void heard() {
        heartbeat.heard();
    }

    /**
     * Records that the client has received everything up to this cursor.
     *
     * @return false if the cursor is ahead of what was sent; it is ignored then
     */
    public boolean acknowledge(Cursor cursor) {
        boolean isPossible;
        synchronized (this) {
            isPossible = tracker.acknowledge(cursor, clock.millis());
        }
        if (isPossible) {
            metrics.acknowledged();
        }
        return isPossible;
    }

    /** Sends {@code bye} and closes. Queued messages are dropped; the cursor of the client does not include them. */
    public void close(CloseReason reason) {
        close(reason, 0);
    }

    /** @param afterMillis how long the client is asked to wait before it reconnects */
    void close(CloseReason reason, long afterMillis) {
        synchronized (this) {
            if (phase.compareTo(Phase.CLOSING) >= 0) {
                return;
            }
            phase = Phase.CLOSING;
            closeReason = reason;
            dropped = writer.finish(
                    new Outgoing.ControlMessage(ServerMessage.bye(reason, afterMillis, clock.instant())), reason);
        }
        act();
    }

    /** Handles the end of the socket, by either side. */
    void ended() {
        synchronized (this) {
            if (phase == Phase.CLOSED) {
                return;
            }
            int queued = writer.stop();
            if (phase == Phase.OPEN) {
                dropped = queued;
            }
            phase = Phase.CLOSED;
            endedAt = clock.instant();
            metrics.closed(Duration.between(openedAt, endedAt), closedBy());
        }
    }

    @GuardedBy("this")
    private String closedBy() {
        return closeReason == null ? "client" : closeReason.name();
    }

    /** Returns the progress of the connection in one of its streams. */
    synchronized ConnectionProgress progress(StreamName stream) {
        OptionalLong acknowledged = tracker.acknowledgedUpTo(stream);
        return new ConnectionProgress(
                subscriber.userId(),
                subscriber.role(),
                openedAt.toEpochMilli(),
                endedAt == null ? null : endedAt.toEpochMilli(),
                endedAt == null ? null : closedBy(),
                feed.startedAfter(stream),
                feed.sentUpTo(stream),
                acknowledged.isPresent() ? acknowledged.getAsLong() : null,
                dropped + writer.waiting(),
                tracker.sentMarks(stream),
                tracker.acknowledgedMarks(stream));
    }

    /**
     * Checks the heartbeat and the close timeout. Called about once a second.
     *
     * @param now milliseconds of a monotonic clock
     */
    void tick(long now) {
        Heartbeat.Liveness liveness;
        boolean abort;
        synchronized (this) {
            if (phase == Phase.CLOSED) {
                return;
            }
            liveness = heartbeat.tick(now, writer.isWriting());
            if (phase == Phase.CLOSING && abortAt == Long.MAX_VALUE) {
                abortAt = now + closeTimeout.toMillis();
            }
            abort = now >= abortAt;
        }
        if (abort) {
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

    /** Carries out the pending decisions; called without the lock. */
    private void act() {
        LogRead read;
        synchronized (this) {
            read = pendingRead;
            pendingRead = null;
        }
        if (read != null) {
            catchUp.request(read.stream(), read.after(), new PageReader());
        }
        writer.write();
    }

    private final class WriteListener implements MessageWriter.Listener {
        @Override
        public void writing(Outgoing message) {
            Cursor reached = message.cursor();
            if (reached != null) {
                synchronized (Connection.this) {
                    tracker.sent(reached, clock.millis());
                }
            }
            if (message instanceof StreamMessage sent) {
                LoggedEvent event = sent.event().event();
                sentLogLines.log(subscriber.userId(), event.eventType(), event.messageType());
            }
        }

        @Override
        public void written() {
            synchronized (Connection.this) {
                heartbeat.progressed();
                if (phase == Phase.OPEN && feed.isFull() && writer.isLow()) {
                    feed.drained();
                }
            }
            act();
        }
    }

    private final class PageReader implements CatchUp.Reader {
        @Override
        public boolean wantsPage() {
            synchronized (Connection.this) {
                return phase == Phase.OPEN;
            }
        }

        @Override
        public void pageRead(LogPage page, List<EncodedEvent> events) {
            synchronized (Connection.this) {
                if (phase == Phase.OPEN) {
                    feed.pageRead(page, events);
                }
            }
            act();
        }

        @Override
        public void failed() {
            close(CloseReason.INTERNAL_ERROR);
        }
    }

    /** Queues the decisions of the feed. The feed is called under the lock of the connection only. */
    private final class QueueSink implements FeedSink {
        @Override
        public boolean hasRoom() {
            return writer.hasRoom();
        }

        @Override
        public void send(EncodedEvent event, Cursor cursor, boolean isNew) {
            writer.add(new StreamMessage(event, cursor, isNew));
        }

        @Override
        public void send(Gap gap, @Nullable Cursor cursor) {
            writer.add(new Outgoing.ControlMessage(ServerMessage.gap(gap, cursor, clock.instant()), cursor));
        }

        @Override
        @SuppressWarnings("GuardedBy")
        public void read(StreamName stream, long after) {
            pendingRead = new LogRead(stream, after);
        }

        @Override
        public void fellBehind(Cause cause) {
            metrics.fellBehind(cause);
        }
    }
}
