package dev.tidings.websocket.socket;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may connect, and how much clients may say; the defaults are explained in {@code docs/protocol.md}.
 *
 * @param allowedOrigins patterns of pages that may connect, such as {@code https://*.example.com}; none means the
 *     service's own origin. Clients that send no {@code Origin} are no browsers and may connect
 * @param insecure the development switch of R-WS-5: a bare {@code user_id} is enough
 * @param maxConnections most sockets of this replica that have logged in
 * @param pendingLogins most sockets that have not logged in; beyond it the oldest of them is closed for a newcomer
 * @param concurrentLogins most logins that are carried out at once; beyond it a client is asked to come back
 * @param authTimeout how long a socket without a token may wait with its {@code auth} message
 * @param expiryWarning how long before the token's expiry a client is told; a fifth of the time left, if that is less
 * @param maxMessageBytes most bytes of a message from a client; a token alone may have 8 KiB
 * @param messagesPerSecond that a client may send for long
 * @param messageBurst that a client may send at once
 * @param mistakeBurst wrong or too frequent messages before a client is disconnected; one is forgiven every 10 s
 */
@Validated
@ConfigurationProperties("tidings.socket")
public record SocketSettings(
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue("false") boolean insecure,
        @DefaultValue("15000") @Min(1) int maxConnections,
        @DefaultValue("1000") @Min(1) int pendingLogins,
        @DefaultValue("500") @Min(1) int concurrentLogins,
        @DefaultValue("8s") Duration authTimeout,
        @DefaultValue("60s") Duration expiryWarning,
        @DefaultValue("16384") @Min(1024) int maxMessageBytes,
        @DefaultValue("20") @Min(1) int messagesPerSecond,
        @DefaultValue("40") @Min(1) int messageBurst,
        @DefaultValue("10") @Min(1) int mistakeBurst) {}
