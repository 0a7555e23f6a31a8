package dev.tidings.websocket.delivery;

import dev.tidings.websocket.delivery.Outgoing.ControlMessage;
import dev.tidings.websocket.delivery.Outgoing.StreamMessage;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.StreamName;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Queues the decisions of the feed of one connection. A read of the log waits for {@link #takeRead}.
 *
 * <p>Not thread-safe; the connection calls it and the feed under its lock.
 */
final class QueueSink implements FeedSink {
    record LogRead(StreamName stream, long after) {}

    private final MessageWriter writer;
    private final DeliveryMetrics metrics;
    private final InstantSource clock;
    private @Nullable LogRead pendingRead;

    QueueSink(MessageWriter writer, DeliveryMetrics metrics, InstantSource clock) {
        this.writer = writer;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Queues {@code connected}, the first message of the connection. */
    void sendConnected(Subscriber subscriber, @Nullable Cursor cursor) {
        writer.add(new ControlMessage(ServerMessage.connected(
                subscriber.userId(),
                subscriber.role(),
                subscriber.validUntil(),
                cursor == null ? "" : cursor.encode(),
                clock.instant())));
    }

    /**
     * Queues {@code bye} as the last message.
     *
     * @return the number of queued messages that are dropped
     */
    int finish(CloseReason reason, long afterMillis) {
        return writer.finish(new ControlMessage(ServerMessage.bye(reason, afterMillis, clock.instant())), reason);
    }

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
        writer.add(new ControlMessage(ServerMessage.gap(gap, cursor, clock.instant()), cursor));
    }

    @Override
    public void read(StreamName stream, long after) {
        pendingRead = new LogRead(stream, after);
    }

    @Override
    public void fellBehind(Cause cause) {
        metrics.fellBehind(cause);
    }

    /** Returns the pending read of the log and clears it; null if there is none. */
    @Nullable
    LogRead takeRead() {
        LogRead read = pendingRead;
        pendingRead = null;
        return read;
    }
}
