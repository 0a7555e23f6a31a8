package dev.tidings.websocket.stream;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The event log: the source of truth for delivery. Thread-safe. All methods block on the database and throw an unchecked
 * exception if it is unavailable. The caller may retry.
 */
public interface EventLog {
    /** Maximum number of events in a page. */
    int MAX_PAGE = 200;

    /** A page ends with the event whose data exceeds this number of bytes in total. */
    int MAX_PAGE_BYTES = 1 << 20;

    /**
     * Returns the epoch: a random number stored in the log database. A reset or a restore of the database replaces it, which
     * makes all earlier cursors foreign (docs/architecture.md#the-one-idea).
     */
    long epoch();

    /**
     * Appends a batch in one transaction. An event that is already in the log, by (source, id), is not appended again but
     * returned with its existing numbers. The caller routes it again, because the replica that appended it may have died
     * before the fan-out.
     *
     * @return one entry per event and stream, in the order of stream and number; committed
     * @throws PoisonEventException if the database rejects the data of an event. Nothing was appended, and the caller
     *     bisects the batch to find the event
     */
    List<LoggedEvent> append(List<NewEvent> batch);

    /**
     * Returns the events of a stream after a number, and the gap before them. A number above the tail is foreign ({@link
     * StreamStart#isForeign(long, long)}): the page is then empty, with a gap of unknown size.
     *
     * @param limit maximum number of events, 1 to {@link #MAX_PAGE}; {@link #MAX_PAGE_BYTES} limits the page as well
     */
    LogPage read(StreamName stream, long after, int limit);

    /** Returns the last number of each stream, 0 for a stream without events, in one round trip. */
    Map<StreamName, Long> tails(Collection<StreamName> streams);

    /**
     * Returns, per stream, the number after which all events were logged later than {@code since} (R-EV-2). Deleted events
     * count as long as their ids are known, so a page read from there reports the gap.
     *
     * @param since epoch ms
     */
    Map<StreamName, Long> numbersAt(Collection<StreamName> streams, long since);
}
