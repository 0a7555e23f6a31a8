package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.util.Set;

/** Events for tests. */
public final class TestEvents {
    private TestEvents() {}

    public static LoggedEvent event(StreamName stream, long number) {
        return event(stream, number, "{\"n\":" + number + "}");
    }

    public static LoggedEvent event(StreamName stream, long number, String data) {
        return new LoggedEvent(
                stream,
                number,
                "backend",
                stream + "-" + number,
                "task.created",
                "task_update",
                data,
                1_770_000_000_000L + number,
                Set.of(stream.owner()));
    }
}
