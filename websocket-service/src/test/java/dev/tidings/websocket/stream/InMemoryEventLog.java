package dev.tidings.websocket.stream;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The log without a database, under the same contract suite as the real one. */
public final class InMemoryEventLog implements EventLog {
    private record Key(StreamName stream, String source, String id) {}

    private static final class Stream {
        final List<LoggedEvent> everything = new ArrayList<>();
        long firstKept = 1;
        long firstRemembered = 1;
    }

    private final InstantSource clock;
    private final Map<StreamName, Stream> streams = new HashMap<>();
    private final Map<Key, LoggedEvent> known = new HashMap<>();
    private long epoch = 1;

    public InMemoryEventLog() {
        this(Clock.systemUTC());
    }

    public InMemoryEventLog(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized long epoch() {
        return epoch;
    }

    @Override
    public synchronized List<LoggedEvent> append(List<NewEvent> batch) {
        if (batch.stream().anyMatch(event -> event.data().contains("\\u0000"))) {
            throw new PoisonEventException("the data holds a NUL", new IllegalArgumentException());
        }
        Map<Key, LoggedEvent> logged = new HashMap<>();
        for (NewEvent event : batch) {
            for (StreamName stream : event.streams()) {
                Key key = new Key(stream, event.source(), event.id());
                logged.put(key, known.computeIfAbsent(key, absent -> append(stream, event)));
            }
        }
        return logged.values().stream()
                .sorted(Comparator.comparing(LoggedEvent::stream).thenComparing(LoggedEvent::number))
                .toList();
    }

    private LoggedEvent append(StreamName name, NewEvent event) {
        List<LoggedEvent> events = streams.computeIfAbsent(name, absent -> new Stream()).everything;
        long before = events.isEmpty() ? 0 : events.getLast().timestamp();
        LoggedEvent logged = new LoggedEvent(
                name,
                events.size() + 1,
                event.source(),
                event.id(),
                event.eventType(),
                event.messageType(),
                event.data(),
                Math.max(before, clock.millis()),
                event.recipients());
        events.add(logged);
        return logged;
    }

    @Override
    public synchronized LogPage read(StreamName name, long after, int limit) {
        Stream stream = streams.getOrDefault(name, new Stream());
        long tail = stream.everything.size();
        if (after > tail) {
            return new LogPage(name, List.of(), tail, Gap.unknown(name));
        }
        List<LoggedEvent> events = stream.everything.stream()
                .filter(event -> event.number() > after && event.number() >= stream.firstKept)
                .limit(limit)
                .toList();
        events = events.subList(0, fitting(events));
        long end = events.isEmpty() ? tail : events.getFirst().number() - 1;
        return new LogPage(name, events, tail, end > after ? gap(name, stream, after + 1, end) : null);
    }

    private static int fitting(List<LoggedEvent> events) {
        long bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            if (bytes > MAX_PAGE_BYTES) {
                return i;
            }
            bytes += events.get(i).data().getBytes(StandardCharsets.UTF_8).length;
        }
        return events.size();
    }

    private static Gap gap(StreamName name, Stream stream, long from, long to) {
        Map<String, Long> types = new TreeMap<>();
        stream.everything.stream()
                .filter(event -> event.number() >= Math.max(from, stream.firstRemembered) && event.number() <= to)
                .forEach(event -> types.merge(event.eventType(), 1L, Long::sum));
        return new Gap(name, from, to, types);
    }

    @Override
    public synchronized Map<StreamName, Long> tails(Collection<StreamName> names) {
        Map<StreamName, Long> tails = new HashMap<>();
        names.forEach(name -> tails.put(
                name, (long) streams.getOrDefault(name, new Stream()).everything.size()));
        return tails;
    }

    @Override
    public synchronized Map<StreamName, Long> numbersAt(Collection<StreamName> names, long since) {
        Map<StreamName, Long> numbers = new HashMap<>();
        for (StreamName name : names) {
            Stream stream = streams.getOrDefault(name, new Stream());
            numbers.put(
                    name,
                    stream.everything.stream()
                            .filter(event -> event.number() >= stream.firstRemembered && event.timestamp() > since)
                            .mapToLong(event -> event.number() - 1)
                            .findFirst()
                            .orElse(stream.everything.size()));
        }
        return numbers;
    }

    /** What retention does: the events up to that number are gone, their types are still known. */
    public synchronized void expire(StreamName name, long upTo) {
        streams.computeIfAbsent(name, absent -> new Stream()).firstKept = upTo + 1;
    }

    /** What the longer retention does: the events up to that number are forgotten, ids and types included. */
    public synchronized void forget(StreamName name, long upTo) {
        expire(name, upTo);
        streams.computeIfAbsent(name, absent -> new Stream()).firstRemembered = upTo + 1;
        known.values().removeIf(event -> event.stream().equals(name) && event.number() <= upTo);
    }

    /** What a restored database looks like to the service: another epoch, and here an empty log. */
    public synchronized void reset() {
        epoch++;
        streams.clear();
        known.clear();
    }
}
