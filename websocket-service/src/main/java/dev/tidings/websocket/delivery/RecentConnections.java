package dev.tidings.websocket.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.websocket.stream.StreamName;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The progress of the connections that closed last, for operators. Thread-safe. */
final class RecentConnections {
    /** Maximum number of closed connections that are kept, a few hundred bytes each. */
    private static final int KEPT = 2_000;

    @GuardedBy("this")
    private final ArrayDeque<Map<StreamName, ConnectionProgress>> newestFirst = new ArrayDeque<>();

    synchronized void add(Map<StreamName, ConnectionProgress> progress) {
        if (newestFirst.size() == KEPT) {
            newestFirst.removeLast();
        }
        newestFirst.addFirst(progress);
    }

    /** Returns the progress of closed connections of the stream, newest first. */
    synchronized List<ConnectionProgress> of(StreamName stream, int limit) {
        return newestFirst.stream()
                .map(progress -> progress.get(stream))
                .filter(Objects::nonNull)
                .limit(limit)
                .toList();
    }
}
