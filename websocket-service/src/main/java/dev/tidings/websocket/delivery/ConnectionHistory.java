package dev.tidings.websocket.delivery;

import dev.tidings.websocket.delivery.ConnectionInfo.StreamPosition;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The history of one connection for operators: when it opened and closed, why it closed, and how far it delivered.
 *
 * <p>Pure: time is an argument. Not thread-safe; the connection calls it under its lock.
 */
final class ConnectionHistory {
    private final Subscriber subscriber;
    private final String device;
    private final Instant openedAt;
    private final DeliveryTracker tracker = new DeliveryTracker();
    private @Nullable CloseReason closeReason;
    private @Nullable Instant closedAt;

    /** When the last message of the client arrived, in epoch ms; 0 before the first. */
    private long heardAt;

    /** Messages that were dropped when the connection closed. */
    private int dropped;

    ConnectionHistory(Subscriber subscriber, String device, Instant openedAt) {
        this.subscriber = subscriber;
        this.device = device.intern(); // thousands of clients send the same few texts
        this.openedAt = openedAt;
    }

    /** @param cursor the position of the client before the first event; null if it has none */
    void started(@Nullable Cursor cursor) {
        if (cursor != null) {
            tracker.start(cursor, openedAt.toEpochMilli());
        }
    }

    /** @see DeliveryTracker#sent */
    void sent(Cursor cursor, long at) {
        tracker.sent(cursor, at);
    }

    /** @see DeliveryTracker#acknowledge */
    boolean acknowledge(Cursor cursor, long at) {
        return tracker.acknowledge(cursor, at);
    }

    /** Records a message or a pong of the client. A browser answers pings without the page, so a pong says nothing of the page. */
    void heard(boolean isMessage, long at) {
        heardAt = isMessage ? at : heardAt;
    }

    /** Records that the server begins to close the connection. */
    void closing(CloseReason reason, int droppedMessages) {
        closeReason = reason;
        dropped = droppedMessages;
    }

    /** Records that the client closed the socket while messages were queued. */
    void dropped(int messages) {
        dropped = messages;
    }

    /** Records the end of the socket, and returns how long the connection was open. */
    Duration closed(Instant at) {
        closedAt = at;
        return Duration.between(openedAt, at);
    }

    /** Returns {@code client}, or the name of the reason for which the server closes the connection. */
    String closedBy() {
        return closeReason == null ? "client" : closeReason.name();
    }

    /** @param waiting messages in the send queue */
    ConnectionInfo info(String id, List<StreamName> streams, Feed feed, int waiting) {
        return new ConnectionInfo(
                id,
                subscriber.userId(),
                subscriber.role(),
                device,
                openedAt.toEpochMilli(),
                feed.isFull(),
                waiting,
                streams.stream()
                        .map(stream ->
                                new StreamPosition(stream.value(), feed.sentUpTo(stream), acknowledgedUpTo(stream)))
                        .toList());
    }

    private @Nullable Long acknowledgedUpTo(StreamName stream) {
        OptionalLong number = tracker.acknowledgedUpTo(stream);
        return number.isPresent() ? number.getAsLong() : null;
    }

    /** @param waiting messages in the send queue */
    ConnectionProgress progress(StreamName stream, Feed feed, int waiting) {
        return new ConnectionProgress(
                subscriber.userId(),
                subscriber.role(),
                openedAt.toEpochMilli(),
                closedAt == null ? null : closedAt.toEpochMilli(),
                closedAt == null ? null : closedBy(),
                feed.startedAfter(stream),
                feed.sentUpTo(stream),
                acknowledgedUpTo(stream),
                dropped + waiting,
                tracker.sentMarks(stream),
                tracker.acknowledgedMarks(stream),
                heardAt == 0 ? null : heardAt);
    }
}
