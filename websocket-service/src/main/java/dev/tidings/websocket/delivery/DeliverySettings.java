package dev.tidings.websocket.delivery;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits and times of delivery; the defaults are explained in {@code docs/protocol.md}.
 *
 * @param connectionsPerUser most connections that one user holds on this replica
 * @param queueMessages most messages that wait for one socket
 * @param queueBytes most bytes that wait for one socket; above either, the rest stays in the log
 * @param pageSize events that a catch-up reads at once
 * @param concurrentReads statements that catch-up has in the database at once, and openings likewise
 * @param sweepInterval how long a lost push may go unnoticed, ± 20 %
 * @param sweepBatch streams whose tails one query asks for
 * @param pingInterval between two pings on a connection
 * @param silenceLimit how long nothing is heard before a connection counts as dead
 * @param stallLimit how long one write may take before a connection counts as stuck
 * @param closeTimeout how long a peer has to answer a close before its connection is cut
 * @param openTimeout how long a client waits for {@code connected} while the database is away
 * @param drainTime over which a stopping replica spreads its closes
 * @param reconnectSpread over which clients of a stopping replica are told to come back
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
