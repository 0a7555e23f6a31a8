package dev.tidings.websocket.socket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.websocket.delivery.CloseReason;
import dev.tidings.websocket.delivery.Connection;
import dev.tidings.websocket.delivery.ConnectionHub;
import dev.tidings.websocket.delivery.DeliveryMetrics;
import dev.tidings.websocket.delivery.OpenResult.ConnectionRejected;
import dev.tidings.websocket.delivery.OpenResult.Opened;
import dev.tidings.websocket.delivery.ServerMessage;
import dev.tidings.websocket.delivery.Subscriber;
import dev.tidings.websocket.delivery.Wire;
import dev.tidings.websocket.socket.LoginVerifier.LoginResult;
import dev.tidings.websocket.stream.Cursor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket from its upgrade to its end: anonymous until the login, then a {@link UserSession}.
 *
 * <p>Jetty calls {@link #opened}, {@link #text}, {@link #binary} and {@link #pong} one at a time; they may block. The
 * ticker thread calls {@link #tick}; any thread calls {@link #ended}.
 */
final class ClientSession {
    private static final Logger log = LoggerFactory.getLogger(ClientSession.class);
    /** Range of the reconnect hint for clients that are rejected because of overload. */
    private static final Duration MIN_RETRY = Duration.ofSeconds(1);

    private static final Duration MAX_RETRY = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /**
     * The collaborators that all sessions share.
     *
     * @param logins a permit for each login in progress, fair
     */
    record Context(
            LoginVerifier verifier,
            ConnectionHub hub,
            SocketSettings settings,
            SocketLimits limits,
            PendingLogins<ClientSession> pendingLogins,
            Semaphore logins,
            DeliveryMetrics metrics,
            InstantSource clock) {}

    private final Context context;
    private final Wire wire;

    /** Empty after the login, because it contains the token and the session lives as long as the socket. */
    private volatile Handshake handshake;

    private final MessageLimits limits;

    /** Null before the login. */
    @GuardedBy("this")
    private @Nullable UserSession user;

    /**
     * When a socket without a connection is closed, or cut if it was already closed; in terms of {@code
     * System.nanoTime()}. Ignored during a login, which has timeouts of its own.
     */
    @GuardedBy("this")
    private long loginDeadline;

    @GuardedBy("this")
    private boolean loggingIn;

    @GuardedBy("this")
    private boolean rejected;

    @GuardedBy("this")
    private boolean ended;

    ClientSession(Context context, Wire wire, Handshake handshake) {
        this.context = context;
        this.wire = wire;
        this.handshake = handshake;
        long now = System.nanoTime();
        this.limits = new MessageLimits(context.settings(), now);
        this.loginDeadline = now + context.settings().authTimeout().toNanos();
    }

    /** Handles the completed upgrade: logs in with the token of the upgrade request, if there is one. */
    void opened() {
        context.pendingLogins()
                .arrived(this, handshake.token().isPresent())
                .ifPresent(oldest -> oldest.close(CloseReason.OVERLOADED));
        if (handshake.token().isPresent()) {
            logIn(handshake.token().get(), handshake.cursor());
        } else {
            context.verifier()
                    .withoutToken(handshake.userId())
                    .ifPresent(subscriber -> open(subscriber, handshake.cursor()));
        }
    }

    void text(String text) {
        context.metrics().received();
        UserSession current = user();
        if (current != null) {
            current.connection().heard(true);
        }
        if (limits.isTooLarge(text)) {
            close(CloseReason.MESSAGE_TOO_LARGE);
        } else if (!limits.allowsMessage()) {
            error("rate_limited", "too many messages; this one was ignored");
        } else if (current == null) {
            handleFirst(ClientMessage.parse(text));
        } else {
            current.handle(ClientMessage.parse(text));
        }
    }

    void binary() {
        close(CloseReason.BINARY_MESSAGE);
    }

    void pong() {
        UserSession current = user();
        if (current != null) {
            current.connection().heard(false);
        }
    }

    /** Handles the end of the socket. */
    void ended() {
        UserSession current;
        synchronized (this) {
            ended = true;
            current = user;
        }
        context.pendingLogins().gone(this);
        if (current != null) {
            context.hub().closed(current.connection());
        }
    }

    /**
     * Enforces the login deadline and the expiry of the token.
     *
     * @param nanos the value of {@code System.nanoTime()}
     */
    void tick(Instant now, long nanos) {
        UserSession current;
        boolean overdue;
        boolean cut;
        synchronized (this) {
            current = user;
            overdue = current == null && !loggingIn && nanos - loginDeadline >= 0;
            cut = rejected && overdue;
        }
        if (current != null) {
            current.tick(now);
        } else if (cut) {
            wire.abort();
        } else if (overdue) {
            close(CloseReason.NO_TOKEN);
        }
    }

    /** Closes the socket, before or after the login. */
    void close(CloseReason reason) {
        context.metrics().error(reason.name().toLowerCase(Locale.ROOT));
        UserSession current;
        synchronized (this) {
            current = user;
            if (current == null) {
                if (rejected || ended) {
                    return;
                }
                rejected = true;
                loggingIn = false;
                loginDeadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
            }
        }
        if (current == null) {
            closeWithoutConnection(reason);
        } else {
            current.connection().close(reason);
        }
    }

    /** Writes directly to the socket, because there is no queue before the login. */
    private void closeWithoutConnection(CloseReason reason) {
        if (reason.advice() == CloseReason.Advice.BACK_OFF) {
            long after = ThreadLocalRandom.current().nextLong(MIN_RETRY.toMillis(), MAX_RETRY.toMillis());
            wire.write(ServerMessage.bye(reason, after, context.clock().instant()), failure -> {});
        }
        wire.close(reason.code(), reason.text());
        context.pendingLogins().leaves(this).ifPresent(oldest -> oldest.wire.abort());
        // The socket may have ended in between. Without this call it would be counted for ever.
        if (hasEnded()) {
            context.pendingLogins().gone(this);
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private void handleFirst(ClientMessage message) {
        switch (message) {
            case ClientMessage.Auth(String token, Optional<String> cursor) ->
                logIn(token, cursor.or(handshake::cursor));
            case ClientMessage.Invalid(String code, String detail) -> error(code, detail);
            default -> error("unauthenticated", "send {\"type\":\"auth\",\"token\":…} first");
        }
    }

    private void logIn(String token, Optional<String> cursor) {
        context.pendingLogins().sentToken(this);
        switch (context.verifier().verify(token, handshake.userId())) {
            case LoginResult.LoginAccepted(Subscriber subscriber) -> open(subscriber, cursor);
            case LoginResult.LoginRejected(CloseReason reason, String detail) -> {
                log.info("[WebSocket] Connection rejected: {}", detail);
                close(reason);
            }
        }
    }

    private void open(Subscriber subscriber, Optional<String> cursor) {
        synchronized (this) {
            if (ended || rejected) {
                return;
            }
            loggingIn = true;
        }
        context.pendingLogins().gone(this);
        if (!takesTurn()) {
            close(CloseReason.OVERLOADED);
            return;
        }
        try {
            if (context.hub().connectionCount() >= context.limits().connections()) {
                close(CloseReason.OVERLOADED);
            } else if (!hasEnded()) {
                openConnection(subscriber, cursor);
            }
        } finally {
            context.logins().release();
        }
    }

    /** Waits until fewer logins are in progress. A client that waits costs less than one that is sent away and comes back. */
    private boolean takesTurn() {
        try {
            return context.logins()
                    .tryAcquire(context.settings().loginQueueTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void openConnection(Subscriber subscriber, Optional<String> cursor) {
        Optional<Cursor> resume = cursor.flatMap(Cursor::decode);
        switch (context.hub().open(subscriber, wire, resume.orElse(null), handshake.device())) {
            case ConnectionRejected(CloseReason reason) -> close(reason);
            case Opened(Connection opened) -> {
                adopt(opened, subscriber);
                if (cursor.isPresent() && resume.isEmpty()) {
                    error(
                            "invalid_cursor",
                            "the cursor is not a cursor of this service: events start now, refetch older data");
                }
            }
        }
    }

    private void adopt(Connection opened, Subscriber subscriber) {
        boolean gone;
        synchronized (this) {
            user = new UserSession(context, this, opened, subscriber.validUntil());
            handshake = Handshake.EMPTY;
            gone = ended;
        }
        if (gone) {
            context.hub().closed(opened);
        }
    }

    /** Reports an error of the client to it; closes the socket after too many. */
    void error(String code, String detail) {
        context.metrics().error(code);
        if (!limits.allowsError()) {
            close(CloseReason.PROTOCOL_ERROR);
            return;
        }
        byte[] error = ServerMessage.error(code, detail, context.clock().instant());
        UserSession current = user();
        if (current == null) {
            wire.write(error, failure -> {});
        } else {
            current.connection().reply(error);
        }
    }

    private synchronized @Nullable UserSession user() {
        return user;
    }
}
