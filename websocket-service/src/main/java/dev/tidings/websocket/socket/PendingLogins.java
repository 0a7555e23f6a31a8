package dev.tidings.websocket.socket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The sockets that have not logged in. They have a limit of their own, so they never use the capacity of logged-in users.
 *
 * <p>A new socket is always accepted. Above the limit the oldest socket without a token is closed, because a client that
 * wants to log in does so at once. A socket whose token is being verified is closed only if all others are being verified
 * too. The number of closing sockets is limited as well: above the limit the oldest of them is cut. There are therefore at
 * most {@code 2 × limit} such sockets.
 *
 * <p>Any thread may call any method; none blocks or calls other code.
 *
 * @param <S> the session of a socket, compared by identity
 */
final class PendingLogins<S> {
    private final int limit;

    @GuardedBy("this")
    private final SequencedSet<S> withoutToken = new LinkedHashSet<>();

    @GuardedBy("this")
    private final SequencedSet<S> verifying = new LinkedHashSet<>();

    @GuardedBy("this")
    private final SequencedSet<S> closing = new LinkedHashSet<>();

    /** @param limit maximum number of sockets that have not logged in, and of sockets that are closing */
    PendingLogins(int limit) {
        this.limit = limit;
    }

    /**
     * Adds a new socket. Returns the socket that must be closed because the limit is exceeded.
     *
     * @param withToken whether the token of the socket is verified next
     */
    synchronized Optional<S> arrived(S session, boolean withToken) {
        (withToken ? verifying : withoutToken).add(session);
        if (waiting() <= limit) {
            return Optional.empty();
        }
        return Optional.of((withoutToken.isEmpty() ? verifying : withoutToken).removeFirst());
    }

    /** Records that a socket has sent a token, which is verified next. */
    synchronized void sentToken(S session) {
        if (withoutToken.remove(session)) {
            verifying.add(session);
        }
    }

    /** Records that a socket is closing. Returns the socket that must be cut because the limit is exceeded. */
    synchronized Optional<S> leaves(S session) {
        forget(session);
        closing.add(session);
        return closing.size() > limit ? Optional.of(closing.removeFirst()) : Optional.empty();
    }

    /** Removes a socket that has logged in or ended. */
    synchronized void gone(S session) {
        forget(session);
        closing.remove(session);
    }

    synchronized int waiting() {
        return withoutToken.size() + verifying.size();
    }

    @GuardedBy("this")
    private void forget(S session) {
        withoutToken.remove(session);
        verifying.remove(session);
    }
}
