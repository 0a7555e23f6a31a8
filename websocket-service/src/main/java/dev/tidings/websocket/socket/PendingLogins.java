package dev.tidings.websocket.socket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The sockets that nobody has logged in on. They have a bounded number of places of their own, so they never take those of
 * connections. Each newcomer gets a place: beyond the bound the oldest socket without a token has to leave, since a client
 * that wants to log in does so at once. A socket whose token is being verified has to leave only when every other one is
 * being verified too. Sockets that were told to leave are bounded as well: beyond it the oldest of them is cut.
 *
 * <p>So there are at most twice {@code places} of them at any time. Any thread may call; no method blocks or calls out.
 *
 * @param <S> a socket's session, by identity
 */
final class PendingLogins<S> {
    private final int places;

    @GuardedBy("this")
    private final SequencedSet<S> silent = new LinkedHashSet<>();

    @GuardedBy("this")
    private final SequencedSet<S> verifying = new LinkedHashSet<>();

    @GuardedBy("this")
    private final SequencedSet<S> leaving = new LinkedHashSet<>();

    /** @param places most sockets that wait for their login, and most that were told to leave */
    PendingLogins(int places) {
        this.places = places;
    }

    /**
     * Gives a new socket a place. Returns the socket that has to leave for it.
     *
     * @param withToken whether its token is verified next
     */
    synchronized Optional<S> arrived(S newcomer, boolean withToken) {
        (withToken ? verifying : silent).add(newcomer);
        if (waiting() <= places) {
            return Optional.empty();
        }
        return Optional.of((silent.isEmpty() ? verifying : silent).removeFirst());
    }

    /** Notes that a waiting socket has sent a token, which is verified next. */
    synchronized void sentToken(S session) {
        if (silent.remove(session)) {
            verifying.add(session);
        }
    }

    /** Notes that a socket was told to leave. Returns the one to be cut for it. */
    synchronized Optional<S> leaves(S refused) {
        forget(refused);
        leaving.add(refused);
        return leaving.size() > places ? Optional.of(leaving.removeFirst()) : Optional.empty();
    }

    /** The socket has logged in, or has ended. */
    synchronized void gone(S session) {
        forget(session);
        leaving.remove(session);
    }

    synchronized int waiting() {
        return silent.size() + verifying.size();
    }

    @GuardedBy("this")
    private void forget(S session) {
        silent.remove(session);
        verifying.remove(session);
    }
}
