package dev.tidings.edge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/**
 * Limits of a port. The defaults fit a service on two cores; {@code docs/operations} describes how to choose others.
 *
 * @param maxConnections maximum number of open connections, WebSockets included; lowered at start to the limit of open files
 * @param maxAnonymousConnections maximum number of HTTP connections without a valid token that are older than {@code headerTimeout};
 *     beyond it the oldest ones that wait for their clients are closed. Younger ones may exceed it while places are left
 * @param maxUserConnections the same for HTTP connections of users
 * @param headerTimeout maximum time from the first byte of a request, or from the opening of a connection, to the end of the header
 * @param idleTimeout time after which a connection without a request is closed
 * @param bodyGrace time before the minimum rate of a body applies
 * @param minBodyRate minimum average rate of a body per second; 408 below
 * @param maxBody maximum size of a body; 413 beyond
 * @param maxTrustedBody maximum size of a body of the sidecar or a peer
 * @param maxAnonymousBodies maximum size of all bodies of anonymous callers in memory; 503 beyond
 * @param maxUserBodies maximum size of all bodies of users in memory; 503 beyond
 * @param allowedOrigins patterns of origins whose pages may call; empty allows none
 * @param trustedSecret secret that the sidecar sends in the header {@code dapr-api-token}; an empty one trusts no caller
 * @param probes limit for {@code /health} and {@code /metrics}
 * @param trusted limit for the sidecar and peers
 * @param users limit for users
 * @param anonymous limit for callers without a valid token
 * @param upgradePath where users open WebSockets; empty if nowhere
 * @param upgrades limit for the upgrades of users. An upgrade takes little, and when a replica fails, all its clients come at once: they wait
 *     longer than other requests, because a client that is rejected comes back and costs more
 * @param refusalLogPerSecond maximum number of log lines per second about rejected requests; further ones are counted
 */
@ConfigurationProperties("tidings.edge")
public record EdgeSettings(
        @DefaultValue("20000") int maxConnections,
        @DefaultValue("1500") int maxAnonymousConnections,
        @DefaultValue("3000") int maxUserConnections,
        @DefaultValue("10s") Duration headerTimeout,
        @DefaultValue("60s") Duration idleTimeout,
        @DefaultValue("3s") Duration bodyGrace,
        @DefaultValue("2KB") DataSize minBodyRate,
        @DefaultValue("64KB") DataSize maxBody,
        @DefaultValue("64MB") DataSize maxTrustedBody,
        @DefaultValue("8MB") DataSize maxAnonymousBodies,
        @DefaultValue("32MB") DataSize maxUserBodies,
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue("") String trustedSecret,
        @DefaultValue Probes probes,
        @DefaultValue Trusted trusted,
        @DefaultValue Users users,
        @DefaultValue Anonymous anonymous,
        @DefaultValue("") String upgradePath,
        @DefaultValue Upgrades upgrades,
        @DefaultValue("5") int refusalLogPerSecond) {

    /**
     * The concurrency limit of one class of requests.
     *
     * @see ConcurrencyLimits
     */
    public sealed interface ConcurrencyLimit permits Probes, Trusted, Users, Anonymous, Upgrades {
        /** Maximum number of requests that the service processes at one time. */
        int requests();

        /** Maximum number of queued requests; further ones are rejected at once. */
        int queue();

        /** Maximum time in the queue; then the request is rejected. */
        Duration maxWait();
    }

    /** @see ConcurrencyLimit */
    public record Probes(
            @DefaultValue("8") int requests,
            @DefaultValue("256") int queue,
            @DefaultValue("900ms") Duration maxWait) implements ConcurrencyLimit {}

    /** @see ConcurrencyLimit */
    public record Trusted(
            @DefaultValue("128") int requests,
            @DefaultValue("512") int queue,
            @DefaultValue("10s") Duration maxWait) implements ConcurrencyLimit {}

    /**
     * @param share maximum number of requests of one user in service and queue; further ones are answered with 429
     * @see ConcurrencyLimit
     */
    public record Users(
            @DefaultValue("64") int requests,
            @DefaultValue("256") int queue,
            @DefaultValue("900ms") Duration maxWait,
            @DefaultValue("128") int share)
            implements ConcurrencyLimit {}

    /** @see ConcurrencyLimit */
    public record Anonymous(
            @DefaultValue("16") int requests,
            @DefaultValue("128") int queue,
            @DefaultValue("900ms") Duration maxWait) implements ConcurrencyLimit {}

    /** @see ConcurrencyLimit */
    public record Upgrades(
            @DefaultValue("8") int requests,
            @DefaultValue("10000") int queue,
            @DefaultValue("10s") Duration maxWait) implements ConcurrencyLimit {}

    /**
     * Returns the defaults, except for the given settings.
     *
     * @param others values by name, such as {@code max-trusted-body} and {@code 16MB}
     */
    public static EdgeSettings defaultsExcept(Map<String, String> others) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        others.forEach((name, value) -> source.put("tidings.edge." + name, value));
        return new Binder(source).bindOrCreate("tidings.edge", EdgeSettings.class);
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "EdgeSettings[maxConnections=%d, anonymous=%s, users=%s]".formatted(maxConnections, anonymous, users);
    }
}
