package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.cluster.membership.Member;
import dev.tidings.websocket.stream.LoggedEvent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The links to all live peers, by incarnation. Any thread may call any method; none blocks. */
public final class PeerLinks implements AutoCloseable {
    private final Function<Member, PeerLink> opener;
    private final Map<String, PeerLink> links = new ConcurrentHashMap<>();

    public PeerLinks(Function<Member, PeerLink> opener) {
        this.opener = opener;
    }

    /**
     * What an update did, as incarnations.
     *
     * @param opened the new peers
     * @param closed the peers that are gone
     */
    public record LinkChange(Set<String> opened, Set<String> closed) {
        public LinkChange {
            opened = Set.copyOf(opened);
            closed = Set.copyOf(closed);
        }

        public boolean isNone() {
            return opened.isEmpty() && closed.isEmpty();
        }
    }

    /** Opens links to new peers and closes links to peers that are gone. */
    public synchronized LinkChange update(Supplier<List<Member>> live) {
        Set<String> opened = new HashSet<>();
        Set<String> closed = new HashSet<>();
        Set<String> incarnations = new HashSet<>();
        for (Member member : live.get()) {
            incarnations.add(member.incarnation());
            links.computeIfAbsent(member.incarnation(), incarnation -> {
                opened.add(incarnation);
                return opener.apply(member);
            });
        }
        links.entrySet().removeIf(link -> {
            boolean gone = !incarnations.contains(link.getKey());
            if (gone) {
                closed.add(link.getKey());
                link.getValue().close();
            }
            return gone;
        });
        return new LinkChange(opened, closed);
    }

    boolean allMatch(Predicate<String> isIncarnation) {
        return links.keySet().stream().allMatch(isIncarnation);
    }

    public int size() {
        return links.size();
    }

    public boolean knows(String incarnation) {
        return links.containsKey(incarnation);
    }

    @Nullable
    PeerLink link(String incarnation) {
        return links.get(incarnation);
    }

    void broadcast(Collection<LoggedEvent> events) {
        forEach(link -> link.send(events));
    }

    public void forEach(Consumer<PeerLink> action) {
        links.values().forEach(action);
    }

    @Override
    public void close() {
        update(List::of);
    }
}
