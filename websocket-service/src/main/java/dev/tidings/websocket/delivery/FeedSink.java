package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.StreamName;
import org.jspecify.annotations.Nullable;

/** Executes the decisions of a {@link Feed} for its connection. No method may block or call the feed. */
interface FeedSink {
    /** Returns whether the send queue accepts another event. */
    boolean hasRoom();

    /**
     * Queues an event.
     *
     * @param cursor the position of the client after this event
     * @param isNew whether the event was logged while the client was connected; false for events that it missed before
     */
    void send(EncodedEvent event, Cursor cursor, boolean isNew);

    /**
     * Queues the report of a gap.
     *
     * @param cursor the position of the client after the gap; null while other gaps still have to be reported
     */
    void send(Gap gap, @Nullable Cursor cursor);

    /** Requests the page after that number, for {@link Feed#pageRead}. At most one request is pending at a time. */
    void read(StreamName stream, long after);

    /** Reports that a stream has to catch up from the log, or has to go on doing so. */
    void fellBehind(Cause cause);

    /** Why a stream is behind. */
    enum Cause {
        /** A push skipped a number. The events between were lost or are delayed. */
        HOLE,
        /** The send queue is full, live or while catching up: the client reads more slowly than events arrive. */
        SLOW,
        /** The tail of the log is ahead and no push has arrived. */
        SWEEP
    }
}
