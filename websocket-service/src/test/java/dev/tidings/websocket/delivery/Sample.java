package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.NewEvent;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Streams and events of tests. */
final class Sample {
    static final StreamName USER = StreamName.ofUser("user-123");
    static final StreamName ROLE = StreamName.ofRole("student");

    private Sample() {}

    static LoggedEvent event(StreamName stream, long number) {
        return event(stream, number, Set.of());
    }

    static LoggedEvent event(StreamName stream, long number, Set<String> recipients) {
        return new LoggedEvent(
                stream,
                number,
                "backend",
                stream + "/" + number,
                "task.created",
                "task_update",
                "{\"stream\":\"%s\",\"number\":%d}".formatted(stream, number),
                1_000_000 + number,
                recipients);
    }

    static EncodedEvent message(StreamName stream, long number) {
        return EncodedEvent.of(event(stream, number));
    }

    static NewEvent newEvent(StreamName stream, String id) {
        return new NewEvent(
                "backend",
                id,
                "task.created",
                "task_update",
                "{\"id\":\"" + id + "\"}",
                new TreeSet<>(Set.of(stream)),
                Set.of());
    }

    /** A page of a stream that has the events 1 to tail. */
    static LogPage page(StreamName stream, long after, long tail, int limit) {
        List<LoggedEvent> events = LongStream.rangeClosed(after + 1, Math.min(tail, after + limit))
                .mapToObj(number -> event(stream, number))
                .toList();
        return new LogPage(stream, events, tail, null);
    }
}
