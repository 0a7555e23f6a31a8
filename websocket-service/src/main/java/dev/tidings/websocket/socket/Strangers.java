package dev.tidings.websocket.socket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The sockets that nobody has logged in on. They have a bounded number of places of their own, so they never take those of
 * connections. Each newcomer gets a place: beyond the bound the oldest stranger has to leave, since a client that means to
 * log in does so at once. Sockets that were told to leave are bounded too: beyond it the oldest of them is cut.
 *
 * <p>So there are at most twice {@code places} of them at any time. Any thread may call; no method blocks or calls out.
 *
 * @param <S> a socket's session, by identity
 */
final class Strangers<S> {
    private final int places;

    @GuardedBy("this")
    private final SequencedSet<S> waiting = new LinkedHashSet<>();

    @GuardedBy("this")
    private final SequencedSet<S> leaving = new LinkedHashSet<>();

    /** @param places most sockets that wait for their login, and most that were told to leave */
    Strangers(int places) {
        this.places = places;
    }

    /** Gives a new socket a place. Returns the one that has to leave for it. */
    synchronized Optional<S> arrived(S newcomer) {
        waiting.add(newcomer);
        return waiting.size() > places ? Optional.of(waiting.removeFirst()) : Optional.empty();
    }

    /** Notes that a socket was told to leave. Returns the one to be cut for it. */
    synchronized Optional<S> leaves(S refused) {
        waiting.remove(refused);
        leaving.add(refused);
        return leaving.size() > places ? Optional.of(leaving.removeFirst()) : Optional.empty();
    }

    /** The socket has logged in, or has ended. */
    synchronized void gone(S session) {
        waiting.remove(session);
        leaving.remove(session);
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
