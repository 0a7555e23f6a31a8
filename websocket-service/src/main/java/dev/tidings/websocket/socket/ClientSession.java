package dev.tidings.websocket.socket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.websocket.delivery.CloseReason;
import dev.tidings.websocket.delivery.Connection;
import dev.tidings.websocket.delivery.ConnectionHub;
import dev.tidings.websocket.delivery.DeliveryMetrics;
import dev.tidings.websocket.delivery.OpenResult.Opened;
import dev.tidings.websocket.delivery.OpenResult.Refused;
import dev.tidings.websocket.delivery.ResumePoint;
import dev.tidings.websocket.delivery.ServerMessage;
import dev.tidings.websocket.delivery.Subscriber;
import dev.tidings.websocket.delivery.Wire;
import dev.tidings.websocket.socket.ClientMessage.Report;
import dev.tidings.websocket.socket.LoginVerifier.LoginResult;
import dev.tidings.websocket.stream.Cursor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket from its upgrade to its end: nobody's at first, then a user's {@link Connection}.
 *
 * <p>{@link #opened}, {@link #text}, {@link #binary} and {@link #pong} come from Jetty, one at a time, and may block;
 * {@link #tick} comes from the ticker's thread, {@link #ended} from any.
 */
final class ClientSession {
    private static final Logger log = LoggerFactory.getLogger(ClientSession.class);
    private static final double MISTAKES_FORGIVEN_PER_SECOND = 0.1;

    /**
     * What all sessions share.
     *
     * @param logins bounds the logins that are carried out at once
     */
    record Context(
            LoginVerifier admission,
            ConnectionHub hub,
            SocketSettings settings,
            SocketLimits places,
            PendingLogins<ClientSession> strangers,
            Semaphore logins,
            DeliveryMetrics metrics,
            InstantSource clock) {}

    /** Clients that were refused for overload are asked to come back after a random time between these. */
    private static final Duration MIN_RETRY = Duration.ofSeconds(1);

    private static final Duration MAX_RETRY = Duration.ofSeconds(5);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Context context;
    private final Wire wire;
    private final Handshake handshake;
    private final TokenBucket rate;
    private final TokenBucket mistakes;

    @GuardedBy("this")
    private @Nullable Connection connection;

    /** When the token expires, as renewed. */
    @GuardedBy("this")
    private Instant validUntil = Instant.MAX;

    /** When the client is told that it does; MAX once it was. */
    @GuardedBy("this")
    private Instant warnAt = Instant.MAX;

    /**
     * When a socket without a connection is closed, or cut if that was done already; by {@code System.nanoTime()}. It does not
     * count while a login is carried out, which has time limits of its own.
     */
    @GuardedBy("this")
    private long patienceEnds;

    @GuardedBy("this")
    private boolean loggingIn;

    @GuardedBy("this")
    private boolean refused;

    @GuardedBy("this")
    private boolean ended;

    ClientSession(Context context, Wire wire, Handshake handshake) {
        this.context = context;
        this.wire = wire;
        this.handshake = handshake;
        long now = System.nanoTime();
        SocketSettings settings = context.settings();
        this.rate = new TokenBucket(settings.messageBurst(), settings.messagesPerSecond(), now);
        this.mistakes = new TokenBucket(settings.mistakeBurst(), MISTAKES_FORGIVEN_PER_SECOND, now);
        this.patienceEnds = now + settings.authTimeout().toNanos();
    }

    /** The upgrade is done: log in with what came with it, if anything did. */
    void opened() {
        context.strangers()
                .arrived(this, handshake.token().isPresent())
                .ifPresent(oldest -> oldest.close(CloseReason.OVERLOADED));
        if (handshake.token().isPresent()) {
            logIn(handshake.token().get(), handshake.cursor());
        } else {
            context.admission()
                    .withoutToken(handshake.userId())
                    .ifPresent(subscriber -> open(subscriber, handshake.cursor()));
        }
    }

    void text(String text) {
        context.metrics().received();
        Connection current = connection();
        if (current != null) {
            current.heard();
        }
        if (isTooLarge(text)) {
            close(CloseReason.MESSAGE_TOO_LARGE);
        } else if (!rate.tryTake(System.nanoTime())) {
            mistake("rate_limited", "too many messages; this one was ignored");
        } else if (current == null) {
            takeFirst(ClientMessage.parse(text));
        } else {
            take(ClientMessage.parse(text), current);
        }
    }

    void binary() {
        close(CloseReason.BINARY_MESSAGE);
    }

    void pong() {
        Connection current = connection();
        if (current != null) {
            current.heard();
        }
    }

    /** The socket is gone. */
    void ended() {
        Connection current;
        synchronized (this) {
            ended = true;
            current = connection;
        }
        context.strangers().gone(this);
        if (current != null) {
            context.hub().closed(current);
        }
    }

    /**
     * Keeps the deadlines.
     *
     * @param nanos as {@code System.nanoTime()} has it
     */
    void tick(Instant now, long nanos) {
        Connection current;
        boolean expired;
        boolean warn;
        boolean cut;
        Instant expiry;
        synchronized (this) {
            current = connection;
            expiry = validUntil;
            expired = current == null ? !loggingIn && nanos - patienceEnds >= 0 : !now.isBefore(validUntil);
            cut = refused && expired;
            warn = !expired && !now.isBefore(warnAt);
            if (warn) {
                warnAt = Instant.MAX;
            }
        }
        if (current != null && expired) {
            current.close(CloseReason.TOKEN_EXPIRED);
        } else if (current != null && warn) {
            current.reply(ServerMessage.tokenExpiring(expiry, now));
        } else if (cut) {
            wire.abort();
        } else if (expired) {
            close(CloseReason.NO_TOKEN);
        }
    }

    /** Refuses or ends this socket. */
    void close(CloseReason reason) {
        context.metrics().error(reason.name().toLowerCase(Locale.ROOT));
        Connection current;
        synchronized (this) {
            current = connection;
            if (current == null) {
                if (refused || ended) {
                    return;
                }
                refused = true;
                loggingIn = false;
                patienceEnds = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
            }
        }
        if (current == null) {
            sendAway(reason);
        } else {
            current.close(reason);
        }
    }

    /** Without a connection there is no queue, so what is said goes straight to the socket. */
    private void sendAway(CloseReason reason) {
        if (reason.advice() == CloseReason.Advice.BACK_OFF) {
            long after = ThreadLocalRandom.current().nextLong(MIN_RETRY.toMillis(), MAX_RETRY.toMillis());
            wire.write(ServerMessage.bye(reason, after, context.clock().instant()), failure -> {});
        }
        wire.close(reason.code(), reason.text());
        context.strangers().leaves(this).ifPresent(oldest -> oldest.wire.abort());
        // It may have ended in between, and would then be counted for ever.
        if (hasEnded()) {
            context.strangers().gone(this);
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private boolean isTooLarge(String text) {
        int limit = context.settings().maxMessageBytes();
        // Most bytes per char are 3, so short texts need no count.
        return text.length() > limit / 3 && text.getBytes(StandardCharsets.UTF_8).length > limit;
    }

    private void takeFirst(ClientMessage message) {
        switch (message) {
            case ClientMessage.Auth(String token, Optional<String> cursor) ->
                logIn(token, cursor.or(handshake::cursor));
            case ClientMessage.Mistake(String code, String detail) -> mistake(code, detail);
            default -> mistake("unauthenticated", "send {\"type\":\"auth\",\"token\":…} first");
        }
    }

    private void take(ClientMessage message, Connection current) {
        Instant now = context.clock().instant();
        switch (message) {
            case ClientMessage.Ping(Optional<String> cursor, Optional<Report> report) -> {
                if (cursor.isPresent()) {
                    Optional<Cursor> decoded = Cursor.decode(cursor.get());
                    if (decoded.isEmpty()) {
                        mistake("invalid_cursor", "the cursor is not one of this service");
                        return;
                    }
                    if (!current.acknowledge(decoded.get())) {
                        mistake("invalid_cursor", "the cursor is ahead of what was sent on this connection");
                        return;
                    }
                }
                report.ifPresent(this::count);
                current.reply(ServerMessage.pong(now));
            }
            case ClientMessage.Subscribe(String channel) -> current.reply(ServerMessage.subscribed(channel, now));
            case ClientMessage.Auth(String token, Optional<String> _) -> renew(token, current);
            case ClientMessage.Mistake(String code, String detail) -> mistake(code, detail);
        }
    }

    private void count(Report report) {
        context.metrics().screen(report.received(), report.applied());
        report.latency().ifPresent(context.metrics()::screenLatency);
    }

    private void logIn(String token, Optional<String> cursor) {
        context.strangers().sentToken(this);
        switch (context.admission().judge(token, handshake.userId())) {
            case LoginResult.Admitted(Subscriber subscriber) -> open(subscriber, cursor);
            case LoginResult.Denied(CloseReason reason, String detail) -> {
                log.info("[WebSocket] Connection refused: {}", detail);
                close(reason);
            }
        }
    }

    private void open(Subscriber subscriber, Optional<String> cursor) {
        synchronized (this) {
            if (ended || refused) {
                return;
            }
            loggingIn = true;
        }
        context.strangers().gone(this);
        if (context.hub().connectionCount() >= context.places().connections()
                || !context.logins().tryAcquire()) {
            close(CloseReason.OVERLOADED);
            return;
        }
        try {
            enter(subscriber, cursor);
        } finally {
            context.logins().release();
        }
    }

    private void enter(Subscriber subscriber, Optional<String> cursor) {
        Optional<Cursor> resume = cursor.flatMap(Cursor::decode);
        ResumePoint from = resume.isPresent() ? new ResumePoint(cursor.get(), resume.get()) : ResumePoint.TAIL;
        switch (context.hub().open(subscriber, wire, from)) {
            case Refused(CloseReason reason) -> close(reason);
            case Opened(Connection opened) -> {
                adopt(opened, subscriber);
                if (cursor.isPresent() && resume.isEmpty()) {
                    mistake("invalid_cursor", "the cursor is not one of this service: starting now, refetch the past");
                }
            }
        }
    }

    private void adopt(Connection opened, Subscriber subscriber) {
        boolean gone;
        synchronized (this) {
            connection = opened;
            valid(subscriber.validUntil());
            gone = ended;
        }
        if (gone) {
            context.hub().closed(opened);
        }
    }

    private void renew(String token, Connection current) {
        Subscriber holder = current.subscriber();
        switch (context.admission().judge(token, Optional.empty())) {
            case LoginResult.Admitted(Subscriber renewed)
            when !renewed.userId().equals(holder.userId()) -> close(CloseReason.OTHER_USER);
            case LoginResult.Admitted(Subscriber renewed)
            when !renewed.role().equals(holder.role()) -> close(CloseReason.ROLE_CHANGED);
            case LoginResult.Admitted(Subscriber renewed) -> {
                synchronized (this) {
                    valid(renewed.validUntil());
                }
                current.reply(ServerMessage.renewed(
                        renewed.validUntil(), context.clock().instant()));
            }
            case LoginResult.Denied(CloseReason reason, String detail)
            when reason == CloseReason.KEYS_UNAVAILABLE -> mistake("keys_unavailable", detail);
            case LoginResult.Denied(CloseReason reason, String detail) -> {
                log.info("[WebSocket] Renewal of user {} refused: {}", holder.userId(), detail);
                close(reason);
            }
        }
    }

    @GuardedBy("this")
    private void valid(Instant until) {
        Instant now = context.clock().instant();
        Duration fifth = Duration.between(now, until).dividedBy(5);
        Duration ahead = context.settings().expiryWarning();
        validUntil = until;
        warnAt = until.minus(fifth.compareTo(ahead) < 0 ? fifth : ahead);
    }

    private void mistake(String code, String detail) {
        context.metrics().error(code);
        if (!mistakes.tryTake(System.nanoTime())) {
            close(CloseReason.PROTOCOL_ERROR);
            return;
        }
        byte[] error = ServerMessage.error(code, detail, context.clock().instant());
        Connection current = connection();
        if (current == null) {
            wire.write(error, failure -> {});
        } else {
            current.reply(error);
        }
    }

    private synchronized @Nullable Connection connection() {
        return connection;
    }
}
