package dev.tidings.websocket.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.StreamName;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One open socket of one user: its {@link Feed}, its {@link MessageWriter}, its heartbeat and its close.
 *
 * <p>Any thread may call any method; none blocks. Decisions are made under the lock of the connection. Their effects
 * (write, read the log, close) happen after the lock is released, on the thread that made the decision.
 */
public final class Connection {
    /** Operators close the connection by this id. */
    private final UUID id = UUID.randomUUID();

    private final Subscriber subscriber;
    private final Wire wire;
    private final MessageWriter writer;
    private final CatchUp catchUp;
    private final DeliveryMetrics metrics;
    private final SentLogLines sentLogLines;
    private final InstantSource clock;
    private final long closeTimeoutMillis;

    @GuardedBy("this")
    private final QueueSink sink;

    @GuardedBy("this")
    private final Feed feed;

    @GuardedBy("this")
    private final Heartbeat heartbeat;

    @GuardedBy("this")
    private final ConnectionHistory history;

    @GuardedBy("this")
    private ConnectionPhase phase = ConnectionPhase.OPENING;

    /** When the socket is cut if the peer does not answer the close. */
    @GuardedBy("this")
    private long abortAt = Long.MAX_VALUE;

    Connection(
            Subscriber subscriber,
            String device,
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
        this.closeTimeoutMillis = settings.closeTimeout().toMillis();
        this.history = new ConnectionHistory(subscriber, device, clock.instant());
        this.writer = new MessageWriter(wire, settings, metrics, clock, new WriteListener());
        this.sink = new QueueSink(writer, metrics, clock);
        this.feed = new Feed(subscriber.userId(), streams(), sink);
    }

    public Subscriber subscriber() {
        return subscriber;
    }

    String id() {
        return id.toString();
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
            if (phase != ConnectionPhase.OPENING) {
                return;
            }
            phase = ConnectionPhase.OPEN;
            feed.start(resume, epoch, tails);
            Cursor start = feed.cursor();
            history.started(start);
            sink.sendConnected(subscriber, start == null ? resume : start);
            feed.begin();
        }
        act();
    }

    void push(EncodedEvent event) {
        synchronized (this) {
            if (phase.compareTo(ConnectionPhase.OPEN) <= 0) {
                feed.push(event);
            }
        }
        act();
    }

    void sweep(StreamName stream, long tail) {
        synchronized (this) {
            if (phase.compareTo(ConnectionPhase.OPEN) <= 0) {
                feed.sweep(stream, tail);
            }
        }
        act();
    }

    /** Closes the connection if its numbers belong to another epoch. The client reconnects and gets a gap. */
    void requireEpoch(long epoch, long afterMillis) {
        boolean foreign;
        synchronized (this) {
            foreign = phase == ConnectionPhase.OPEN && feed.epoch() != epoch;
        }
        if (foreign) {
            close(CloseReason.LOG_REPLACED, afterMillis);
        }
    }

    /** Sends a reply to the client. The reply is dropped if the queue is full: the client does not read. */
    public void reply(byte[] message) {
        synchronized (this) {
            if (phase == ConnectionPhase.OPEN && writer.hasRoom()) {
                writer.add(new Outgoing.ControlMessage(message));
            }
        }
        act();
    }

    /** @param isMessage whether a message arrived from the client, and not a pong */
    public synchronized void heard(boolean isMessage) {
        heartbeat.heard();
        history.heard(isMessage, clock.millis());
    }

    /**
     * Records that the client has received everything up to this cursor.
     *
     * @return false if the cursor is ahead of what was sent; it is ignored then
     */
    public synchronized boolean acknowledge(Cursor cursor) {
        boolean isPossible = history.acknowledge(cursor, clock.millis());
        if (isPossible) {
            metrics.acknowledged();
            writer.acknowledged(cursor);
        }
        return isPossible;
    }

    /** Sends {@code bye} and closes. Queued messages are dropped; the cursor of the client does not include them. */
    public void close(CloseReason reason) {
        close(reason, 0);
    }

    /**
     * @param afterMillis how long the client is asked to wait before it reconnects
     * @return false if the connection was closing or closed
     */
    boolean close(CloseReason reason, long afterMillis) {
        synchronized (this) {
            if (phase.compareTo(ConnectionPhase.CLOSING) >= 0) {
                return false;
            }
            phase = ConnectionPhase.CLOSING;
            history.closing(reason, sink.finish(reason, afterMillis));
        }
        act();
        return true;
    }

    /** Handles the end of the socket, by either side. */
    void ended() {
        synchronized (this) {
            if (phase == ConnectionPhase.CLOSED) {
                return;
            }
            int queued = writer.stop();
            if (phase == ConnectionPhase.OPEN) {
                history.dropped(queued);
            }
            phase = ConnectionPhase.CLOSED;
            metrics.closed(history.closed(clock.instant()), history.closedBy());
        }
    }

    synchronized ConnectionProgress progress(StreamName stream) {
        return history.progress(stream, feed, writer.waiting());
    }

    synchronized ConnectionInfo info() {
        return history.info(id(), streams(), feed, writer.waiting());
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
            if (phase == ConnectionPhase.CLOSED) {
                return;
            }
            liveness = heartbeat.tick(now, writer.isWriting());
            abortAt = phase == ConnectionPhase.CLOSING ? Math.min(abortAt, now + closeTimeoutMillis) : abortAt;
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
        QueueSink.LogRead read;
        synchronized (this) {
            read = sink.takeRead();
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
                    history.sent(reached, clock.millis());
                }
            }
            if (message instanceof Outgoing.StreamMessage sent) {
                sentLogLines.log(subscriber.userId(), sent.event().event());
            }
        }

        @Override
        public void written() {
            synchronized (Connection.this) {
                heartbeat.progressed();
                if (phase == ConnectionPhase.OPEN && feed.isFull() && writer.isLow()) {
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
                return phase == ConnectionPhase.OPEN;
            }
        }

        @Override
        public void pageRead(LogPage page, List<EncodedEvent> events) {
            synchronized (Connection.this) {
                if (phase == ConnectionPhase.OPEN) {
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
}
