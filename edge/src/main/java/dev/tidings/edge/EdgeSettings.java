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
 * Limits of a port. The defaults fit a service on two cores; {@code docs/operations} says how to choose others.
 *
 * @param maxConnections most open connections, WebSockets included; lowered at start to what the process's limit of open files
 *     allows
 * @param maxAnonymousConnections most HTTP connections without a valid token; beyond it the oldest one that waits for its client is
 *     closed
 * @param maxUserConnections most HTTP connections of users; beyond it the oldest idle one is closed
 * @param headerTimeout time from the first byte of a request, or from the opening of a connection, to the end of the header
 * @param idleTimeout time after which a connection without a request is closed
 * @param bodyGrace time in which a body may come at any rate; after it, the rate counts
 * @param minBodyRate bytes per second, on average, below which a body is refused with 408
 * @param maxBody most bytes of a body; 413 beyond
 * @param maxTrustedBody the same for the sidecar and other replicas
 * @param maxAnonymousBodies most bytes of bodies of anonymous callers in memory at one time; 503 beyond
 * @param maxUserBodies the same for users
 * @param allowedOrigins patterns of origins whose pages may call; empty allows none
 * @param trustedSecret what the sidecar sends in the header {@code dapr-api-token}; empty trusts nobody
 * @param probes places for {@code /health} and {@code /metrics}
 * @param trusted places for the sidecar and other replicas
 * @param users places for users
 * @param anonymous limits of callers without a valid token
 * @param refusalLogPerSecond most log lines per second about refused requests; the others are counted
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
        @DefaultValue("5") int refusalLogPerSecond) {

    /**
     * Places of one kind of callers.
     *
     * @see ConcurrencyLimits
     */
    public sealed interface ConcurrencyLimit permits Probes, Trusted, Users, Anonymous {
        /** Most requests in the service at one time. */
        int requests();

        /** Most requests that wait for a place; the next one is refused at once. */
        int queue();

        /** Longest wait for a place; after it the request is refused. */
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
     * @param share most requests of one user that are served or wait at one time; the next one is answered 429
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

    /**
     * The defaults, except for some settings.
     *
     * @param others such as {@code max-trusted-body} and {@code 16MB}
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
