package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.delivery.ConnectionInfo;
import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.delivery.LocalConnections;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The hub of a replica under test. It records what it receives. */
public final class FakeConnections implements LocalConnections {
    private final Map<String, Integer> users = new ConcurrentHashMap<>();
    private final List<LoggedEvent> pushed = new CopyOnWriteArrayList<>();
    private final AtomicInteger sweeps = new AtomicInteger();

    public void connect(String user) {
        users.merge(user, 1, Integer::sum);
    }

    /** Whether that was the user's last connection. */
    public boolean disconnect(String user) {
        return users.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1) == null;
    }

    @Override
    public void push(List<LoggedEvent> events) {
        pushed.addAll(events);
    }

    @Override
    public void sweepNow() {
        sweeps.incrementAndGet();
    }

    @Override
    public Map<String, Integer> countByUser() {
        return Map.copyOf(users);
    }

    @Override
    public List<ConnectionProgress> progress(StreamName stream) {
        int open = users.getOrDefault(stream.owner(), 0);
        return Collections.nCopies(
                open,
                new ConnectionProgress(
                        stream.owner(), "student", 1, null, null, 2, 7, 5L, 0, List.of(), List.of(), null));
    }

    @Override
    public List<ConnectionInfo> list(ConnectionInfo.Query query) {
        return users.keySet().stream()
                .filter(user -> query.userId() == null || user.equals(query.userId()))
                .filter(user -> user.compareTo(query.after()) > 0)
                .sorted()
                .limit(query.limit())
                .map(user -> new ConnectionInfo(user, user, "student", "test", 1, false, 0, List.of()))
                .toList();
    }

    /** The id of a connection is its user. */
    @Override
    public boolean close(String id) {
        return users.remove(id) != null;
    }

    @Override
    public Set<StreamName> openStreams() {
        return Set.copyOf(users.keySet().stream().map(StreamName::ofUser).toList());
    }

    /**
     * The numbers of a stream's events in the order they were pushed, as a connection takes them: a number that is at most the last one is
     * a duplicate. The fan-out may push an event again, for example when a peer's notice of a new stream arrives late.
     */
    public List<Long> numbersOf(StreamName stream) {
        List<Long> numbers = new ArrayList<>();
        for (LoggedEvent event : pushed) {
            if (event.stream().equals(stream) && (numbers.isEmpty() || event.number() > numbers.getLast())) {
                numbers.add(event.number());
            }
        }
        return numbers;
    }

    public int sweeps() {
        return sweeps.get();
    }
}
