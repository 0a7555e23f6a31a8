package dev.tidings.websocket.polling;

import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.EventMessage;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import dev.tidings.websocket.stream.StreamStart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the events that a user has not received yet from the log. Blocks on the database; thread-safe. */
class RecentEvents {
    static final int MAX_EVENTS = 100;

    /** Timestamps of a stream never decrease, so this order keeps the order of the numbers within a stream. */
    private static final Comparator<LoggedEvent> BY_TIME = Comparator.comparingLong(LoggedEvent::timestamp)
            .thenComparing(LoggedEvent::stream)
            .thenComparingLong(LoggedEvent::number);

    /**
     * One answer to a poll.
     *
     * @param messages as on the socket, oldest first, each with the cursor after it
     * @param gaps the events before them that the log no longer contains
     * @param cursor the position after all of them
     * @param hasMore whether the log already contains further events
     */
    record EventPage(List<byte[]> messages, List<Gap> gaps, Cursor cursor, boolean hasMore) {}

    private final EventLog log;

    RecentEvents(EventLog log) {
        this.log = log;
    }

    /** Returns no events and the cursor of the tail. */
    EventPage tail(List<StreamName> streams) {
        long epoch = log.epoch();
        return new EventPage(List.of(), List.of(), Cursor.at(epoch, log.tails(streams)), false);
    }

    /** Returns the events that were logged after {@code time} (epoch ms). */
    EventPage since(String userId, List<StreamName> streams, long time) {
        long epoch = log.epoch();
        return read(userId, epoch, log.numbersAt(streams, time), new ArrayList<>());
    }

    /** Returns the events after the cursor. Each stream starts where {@link StreamStart} says. */
    EventPage after(String userId, List<StreamName> streams, Cursor cursor) {
        long epoch = log.epoch();
        Map<StreamName, Long> tails = log.tails(streams);
        Map<StreamName, Long> numbers = new LinkedHashMap<>();
        List<Gap> gaps = new ArrayList<>();
        for (StreamName stream : streams) {
            StreamStart start = StreamStart.of(cursor, stream, epoch, tails.getOrDefault(stream, 0L));
            numbers.put(stream, start.after());
            if (start.isForeign()) {
                gaps.add(Gap.unknown(stream));
            }
        }
        return read(userId, epoch, numbers, gaps);
    }

    private EventPage read(String userId, long epoch, Map<StreamName, Long> numbers, List<Gap> gaps) {
        Cursor cursor = Cursor.at(epoch, numbers);
        Map<StreamName, Long> tails = new HashMap<>();
        List<LoggedEvent> events = new ArrayList<>();
        for (Map.Entry<StreamName, Long> from : numbers.entrySet()) {
            LogPage page = log.read(from.getKey(), from.getValue(), MAX_EVENTS);
            tails.put(from.getKey(), page.tail());
            events.addAll(page.events());
            if (page.gap() != null) {
                gaps.add(page.gap());
                cursor = cursor.with(from.getKey().hash(), page.afterGap(from.getValue()));
            }
        }
        events.sort(BY_TIME);
        List<byte[]> messages = new ArrayList<>();
        for (LoggedEvent event : events) {
            if (messages.size() == MAX_EVENTS) {
                break;
            }
            cursor = cursor.with(event.stream().hash(), event.number());
            if (!event.repeatsForUser(userId)) {
                messages.add(EventMessage.of(event).with(cursor));
            }
        }
        Cursor last = cursor;
        boolean hasMore = tails.entrySet().stream()
                .anyMatch(tail -> last.numberOf(tail.getKey()).orElse(0) < tail.getValue());
        return new EventPage(messages, gaps, last, hasMore);
    }
}
