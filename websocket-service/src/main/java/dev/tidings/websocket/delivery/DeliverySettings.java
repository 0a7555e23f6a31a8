package dev.tidings.websocket.delivery;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits and timeouts of delivery. {@code docs/protocol.md} explains the defaults.
 *
 * @param connectionsPerUser maximum number of connections of one user on this replica
 * @param queueMessages maximum number of messages in the queue of one connection
 * @param queueBytes maximum bytes in the queue of one connection. Above either limit, further events stay in the log
 * @param pageSize number of events that a catch-up reads at once
 * @param concurrentReads maximum number of concurrent statements for catch-up, and the same number for opening connections
 * @param sweepInterval interval of the sweep, ± 20 %: the longest delay of an event whose push was lost
 * @param sweepBatch number of streams in one query of the sweep
 * @param pingInterval interval of the pings on a connection
 * @param silenceLimit how long a connection may be silent before it is considered dead
 * @param stallLimit how long one write may take before the client is considered stuck
 * @param closeTimeout how long the client may take to answer a close before the socket is cut
 * @param openTimeout how long a client waits for {@code connected} while the database is unavailable
 * @param drainTime period over which a stopping replica closes its connections
 * @param reconnectSpread period over which the clients of a stopping replica are asked to reconnect
 */
@Validated
@ConfigurationProperties("tidings.delivery")
public record DeliverySettings(
        @DefaultValue("20") @Min(1) int connectionsPerUser,
        @DefaultValue("512") @Min(4) int queueMessages,
        @DefaultValue("262144") @Min(1024) int queueBytes,
        @DefaultValue("100") @Min(1) @Max(200) int pageSize,
        @DefaultValue("4") @Min(1) int concurrentReads,
        @DefaultValue("3s") Duration sweepInterval,
        @DefaultValue("500") @Min(1) int sweepBatch,
        @DefaultValue("25s") Duration pingInterval,
        @DefaultValue("60s") Duration silenceLimit,
        @DefaultValue("30s") Duration stallLimit,
        @DefaultValue("5s") Duration closeTimeout,
        @DefaultValue("10s") Duration openTimeout,
        @DefaultValue("5s") Duration drainTime,
        @DefaultValue("3s") Duration reconnectSpread) {
    public DeliverySettings {
        if (silenceLimit.compareTo(pingInterval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("tidings.delivery.silence-limit (" + silenceLimit
                    + ") must be at least twice tidings.delivery.ping-interval (" + pingInterval
                    + "), or one lost ping would end a good connection");
        }
    }
}
