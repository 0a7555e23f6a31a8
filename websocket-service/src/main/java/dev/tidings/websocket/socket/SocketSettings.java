package dev.tidings.websocket.socket;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the socket endpoint. {@code docs/protocol.md} explains the defaults.
 *
 * @param allowedOrigins patterns of origins that may connect, such as {@code https://*.example.com}; an empty list allows
 *     the origin of the service only. Clients that send no {@code Origin} are not browsers and may connect
 * @param insecure the development switch of R-WS-5: accepts a {@code user_id} without a token
 * @param maxConnections maximum number of logged-in sockets on this replica
 * @param pendingLogins maximum number of sockets that have not logged in; above it the oldest one is closed
 * @param concurrentLogins maximum number of logins in progress; more would only slow each other, and the events of those who are
 *     connected already
 * @param loginQueueTimeout how long a login waits for others before the client is asked to reconnect later; shorter than the 15 s that the browser library
 *     waits for {@code connected}
 * @param authTimeout how long a socket may stay open before it sends {@code auth}
 * @param expiryWarning how long before the expiry of its token a client is warned, at most a fifth of the remaining time
 * @param maxMessageBytes maximum size of a message from a client in bytes; a token may have 8 KiB
 * @param messagesPerSecond sustained rate of messages from one client
 * @param messageBurst number of messages that one client may send at once
 * @param errorBurst number of invalid or too frequent messages before a client is disconnected; one is forgiven every 10 s
 */
@Validated
@ConfigurationProperties("tidings.socket")
public record SocketSettings(
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue("false") boolean insecure,
        @DefaultValue("15000") @Min(1) int maxConnections,
        @DefaultValue("1000") @Min(1) int pendingLogins,
        @DefaultValue("32") @Min(1) int concurrentLogins,
        @DefaultValue("14s") Duration loginQueueTimeout,
        @DefaultValue("8s") Duration authTimeout,
        @DefaultValue("60s") Duration expiryWarning,
        @DefaultValue("16384") @Min(1024) int maxMessageBytes,
        @DefaultValue("20") @Min(1) int messagesPerSecond,
        @DefaultValue("40") @Min(1) int messageBurst,
        @DefaultValue("10") @Min(1) int errorBurst) {}
