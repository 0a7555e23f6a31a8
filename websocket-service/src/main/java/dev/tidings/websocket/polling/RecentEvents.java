package dev.tidings.websocket.polling;

import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.EventMessage;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads what a user has not seen yet from the log. */
class RecentEvents {
    static final int MAX_EVENTS = 100;

    /**
     * @param messages as on the socket, oldest first, each with the cursor after it
     * @param gaps what is gone before them
     * @param cursor after all of them
     * @param hasMore whether there are further events already
     */
    record EventPage(List<byte[]> messages, List<Gap> gaps, Cursor cursor, boolean hasMore) {}

    private final EventLog log;

    RecentEvents(EventLog log) {
        this.log = log;
    }

    /** From now on: no events, and the cursor of the tail. */
    EventPage tail(List<StreamName> streams) {
        long epoch = log.epoch();
        return new EventPage(List.of(), List.of(), Cursor.at(epoch, log.tails(streams)), false);
    }

    /** The events logged after that time. */
    EventPage since(String userId, List<StreamName> streams, long time) {
        long epoch = log.epoch();
        return read(userId, epoch, log.numbersAt(streams, time), new ArrayList<>());
    }

    /** The events after that cursor. A stream that it does not name starts at its tail. */
    EventPage after(String userId, List<StreamName> streams, Cursor cursor) {
        long epoch = log.epoch();
        Map<StreamName, Long> numbers = new HashMap<>(log.tails(streams));
        List<Gap> gaps = new ArrayList<>();
        for (StreamName stream : streams) {
            OptionalLong seen = cursor.numberOf(stream);
            if (seen.isPresent() && cursor.epoch() == epoch) {
                numbers.put(stream, seen.getAsLong());
            } else if (seen.isPresent()) {
                gaps.add(Gap.unknown(stream));
            }
        }
        return read(userId, epoch, numbers, gaps);
    }

    private EventPage read(String userId, long epoch, Map<StreamName, Long> numbers, List<Gap> gaps) {
        Map<StreamName, Long> position = new HashMap<>(numbers);
        Map<StreamName, LogPage> pages = new HashMap<>();
        List<LoggedEvent> events = new ArrayList<>();
        for (StreamName stream : numbers.keySet()) {
            long after = position.getOrDefault(stream, 0L);
            LogPage page = log.read(stream, after, MAX_EVENTS);
            pages.put(stream, page);
            events.addAll(page.events());
            if (page.gap() != null) {
                gaps.add(page.gap());
                position.put(
                        stream,
                        page.gap().isUnknown() ? page.tail() : page.gap().to());
            }
        }
        // Within a stream the order of time is that of the numbers, as timestamps never go back.
        events.sort(Comparator.comparingLong(LoggedEvent::timestamp)
                .thenComparing(LoggedEvent::stream)
                .thenComparingLong(LoggedEvent::number));
        List<byte[]> messages = new ArrayList<>();
        for (LoggedEvent event : events) {
            if (messages.size() == MAX_EVENTS) {
                break;
            }
            position.put(event.stream(), event.number());
            if (!event.repeatsForUser(userId)) {
                messages.add(EventMessage.of(event).with(Cursor.at(epoch, position)));
            }
        }
        boolean hasMore = pages.entrySet().stream()
                .anyMatch(page -> position.getOrDefault(page.getKey(), 0L)
                        < page.getValue().tail());
        return new EventPage(messages, gaps, Cursor.at(epoch, position), hasMore);
    }
}
