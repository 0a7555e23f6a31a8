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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The links to all live peers, by boot id. Any thread may call any method; none blocks. */
public final class PeerLinks implements AutoCloseable {
    private final Function<Member, PeerLink> opener;
    private final Map<String, PeerLink> links = new ConcurrentHashMap<>();

    public PeerLinks(Function<Member, PeerLink> opener) {
        this.opener = opener;
    }

    /** Opens links to peers that are new and closes those to peers that are gone. */
    public synchronized void become(Supplier<List<Member>> live) {
        Set<String> boots = new HashSet<>();
        for (Member member : live.get()) {
            boots.add(member.boot());
            links.computeIfAbsent(member.boot(), boot -> opener.apply(member));
        }
        links.entrySet().removeIf(link -> {
            boolean gone = !boots.contains(link.getKey());
            if (gone) {
                link.getValue().close();
            }
            return gone;
        });
    }

    public int size() {
        return links.size();
    }

    public boolean knows(String boot) {
        return links.containsKey(boot);
    }

    @Nullable
    PeerLink link(String boot) {
        return links.get(boot);
    }

    void tellAll(Collection<LoggedEvent> events) {
        forAll(link -> link.tell(events));
    }

    public void forAll(Consumer<PeerLink> action) {
        links.values().forEach(action);
    }

    @Override
    public void close() {
        become(List::of);
    }
}
