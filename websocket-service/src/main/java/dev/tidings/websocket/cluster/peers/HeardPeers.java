package dev.tidings.websocket.cluster.peers;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The peers that have sent a push to an incarnation of this replica. Only they are known to send it their notices. A peer may
 * be heard before it is found in the member list, and announces itself only once, so it is kept until it is known to be gone.
 * Any thread may call any method; none blocks.
 */
final class HeardPeers {
    private record HeardPush(String from, String to) {}

    private final Set<HeardPush> pushes = ConcurrentHashMap.newKeySet();

    /** Returns whether this was the first push of that peer to that incarnation of this replica. */
    boolean add(String from, String to) {
        return pushes.add(new HeardPush(from, to));
    }

    boolean contains(String from, String to) {
        return pushes.contains(new HeardPush(from, to));
    }

    /** Forgets these peers. */
    void forget(Set<String> gone) {
        pushes.removeIf(push -> gone.contains(push.from));
    }

    /** Forgets the pushes to all other incarnations of this replica. */
    void keepOnly(String to) {
        pushes.removeIf(push -> !push.to.equals(to));
    }
}
