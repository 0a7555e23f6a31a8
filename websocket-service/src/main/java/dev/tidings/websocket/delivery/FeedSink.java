package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.StreamName;

/**
 * Carries out what a {@link Feed} decides, for its connection. No method may block or change the feed; {@link Feed#cursor} may be
 * read.
 */
interface FeedSink {
    /** Whether the socket's queue takes another event. */
    boolean hasRoom();

    /**
     * Queues an event; {@link Feed#cursor} already names it.
     *
     * @param isNew whether it came while the client was connected, be it pushed or caught up; false for the past that the client
     *     missed before
     */
    void send(EncodedEvent message, boolean isNew);

    /** Queues the news that a part of the past is gone; {@link Feed#cursor} already stands behind it. */
    void send(Gap gap);

    /** Asks for the page after that number, which {@link Feed#pageRead} takes. At most one is asked for at a time. */
    void read(StreamName stream, long after);

    /** A live stream has to be caught up from the log. */
    void fellBehind(Cause cause);

    /** Why a live stream fell behind. */
    enum Cause {
        /** A push with a number above the next one: those between were lost, or come late. */
        HOLE,
        /** The client does not read as fast as events come. */
        SLOW,
        /** The log's tail is above, and no push has come. */
        SWEEP
    }
}
