package dev.tidings.websocket.socket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.websocket.delivery.CloseReason;
import dev.tidings.websocket.delivery.Connection;
import dev.tidings.websocket.delivery.ServerMessage;
import dev.tidings.websocket.delivery.Subscriber;
import dev.tidings.websocket.socket.ClientMessage.Report;
import dev.tidings.websocket.socket.LoginVerifier.LoginResult;
import dev.tidings.websocket.stream.Cursor;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket after the login: handles the messages of the user and enforces the expiry of the token.
 *
 * <p>Jetty calls {@link #handle}, one message at a time; it may block. The ticker thread calls {@link #tick}.
 */
final class UserSession {
    private static final Logger log = LoggerFactory.getLogger(UserSession.class);

    private final ClientSession.Context context;
    private final ClientSession client;
    private final Connection connection;

    @GuardedBy("this")
    private TokenLifetime token;

    UserSession(ClientSession.Context context, ClientSession client, Connection connection, Instant expiresAt) {
        this.context = context;
        this.client = client;
        this.connection = connection;
        this.token = lifetime(expiresAt);
    }

    Connection connection() {
        return connection;
    }

    void tick(Instant now) {
        TokenLifetime lifetime;
        synchronized (this) {
            lifetime = token;
            if (lifetime.isWarningDue(now)) {
                token = lifetime.warned();
            }
        }
        if (lifetime.isExpired(now)) {
            connection.close(CloseReason.TOKEN_EXPIRED);
        } else if (lifetime.isWarningDue(now)) {
            connection.reply(ServerMessage.tokenExpiring(lifetime.expiresAt(), now));
        }
    }

    void handle(ClientMessage message) {
        Instant now = context.clock().instant();
        switch (message) {
            case ClientMessage.Ping(Optional<String> cursor, Optional<Report> report) -> {
                if (cursor.isEmpty() || acknowledge(cursor.get())) {
                    report.ifPresent(this::record);
                    connection.reply(ServerMessage.pong(now));
                }
            }
            case ClientMessage.Subscribe(String channel) -> connection.reply(ServerMessage.subscribed(channel, now));
            case ClientMessage.Auth(String token, Optional<String> _) -> renew(token);
            case ClientMessage.Invalid(String code, String detail) -> client.error(code, detail);
        }
    }

    private boolean acknowledge(String text) {
        Optional<Cursor> cursor = Cursor.decode(text);
        if (cursor.isEmpty()) {
            client.error("invalid_cursor", "the cursor is not a cursor of this service");
            return false;
        }
        if (!connection.acknowledge(cursor.get())) {
            client.error("invalid_cursor", "the cursor is ahead of what was sent on this connection");
            return false;
        }
        return true;
    }

    private void record(Report report) {
        context.metrics().screen(report.received(), report.applied());
        report.latency().ifPresent(context.metrics()::screenLatency);
    }

    private void renew(String renewal) {
        Subscriber holder = connection.subscriber();
        switch (context.verifier().verify(renewal, Optional.empty())) {
            case LoginResult.LoginAccepted(Subscriber renewed)
            when !renewed.userId().equals(holder.userId()) -> client.close(CloseReason.OTHER_USER);
            case LoginResult.LoginAccepted(Subscriber renewed)
            when !renewed.role().equals(holder.role()) -> client.close(CloseReason.ROLE_CHANGED);
            case LoginResult.LoginAccepted(Subscriber renewed) -> {
                synchronized (this) {
                    token = lifetime(renewed.validUntil());
                }
                connection.reply(ServerMessage.renewed(
                        renewed.validUntil(), context.clock().instant()));
            }
            case LoginResult.LoginRejected(CloseReason reason, String detail)
            when reason == CloseReason.KEYS_UNAVAILABLE -> client.error("keys_unavailable", detail);
            case LoginResult.LoginRejected(CloseReason reason, String detail) -> {
                log.info("[WebSocket] Renewal of user {} rejected: {}", holder.userId(), detail);
                client.close(reason);
            }
        }
    }

    private TokenLifetime lifetime(Instant expiresAt) {
        return TokenLifetime.of(
                expiresAt, context.clock().instant(), context.settings().expiryWarning());
    }
}
