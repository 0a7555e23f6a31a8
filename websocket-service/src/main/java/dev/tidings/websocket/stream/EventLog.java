package dev.tidings.websocket.stream;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The log of all streams: the one truth of delivery. Any thread may call any method; all of them block on the database
 * and throw an unchecked exception if it is away, in which case the call may be repeated.
 */
public interface EventLog {
    /** Most events that a page holds. */
    int MAX_PAGE = 200;

    /** A page ends with the event whose data exceeds this number of bytes in all, so it holds at most one event more. */
    int MAX_PAGE_BYTES = 1 << 20;

    /**
     * The log's epoch: a random number that stands in the log database itself, so a reset or a restore of the database
     * replaces it, and with it every cursor handed out before (docs/architecture.md#the-one-idea).
     */
    long epoch();

    /**
     * Appends a batch in one transaction. An event that is already in the log, by (source, id), is not appended again
     * but answered with the numbers it has, so that the caller can route it once more: whoever appended it may have
     * died before it told anyone.
     *
     * @return one entry per event and stream, in order of stream and number; after the return they are committed
     * @throws PoisonEventException if the database refuses the data of some event; nothing was appended then, and the
     *     caller halves the batch to find it
     */
    List<LoggedEvent> append(List<NewEvent> batch);

    /**
     * The events of a stream after a number, at most {@code limit} (1 to {@link #MAX_PAGE}) and fewer if they are large ({@link
     * #MAX_PAGE_BYTES}), with the gap before them. A
     * number above the stream's tail is of another past: the page is empty then, with a gap of unknown size.
     */
    LogPage read(StreamName stream, long after, int limit);

    /** The last number of each stream, 0 where there is none yet; one round trip for all. */
    Map<StreamName, Long> tails(Collection<StreamName> streams);

    /**
     * For a first call by time (R-EV-2): per stream the number after which all events were logged later than {@code
     * since}, also of those that are gone but not yet forgotten, so that a page read from there tells the gap.
     *
     * @param since epoch ms
     */
    Map<StreamName, Long> numbersAt(Collection<StreamName> streams, long since);
}
