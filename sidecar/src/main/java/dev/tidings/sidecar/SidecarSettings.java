package dev.tidings.sidecar;

import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import io.dapr.config.Properties;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The connection to the service's own sidecar. {@code dev/tidings/sidecar/defaults.yaml} holds the values of all services.
 *
 * @param host the address where the sidecar listens, usually the loopback address
 * @param apiToken the token that the sidecar requires of its callers ({@code DAPR_API_TOKEN}); empty if it requires none
 * @param appToken the token that the sidecar sends with each request to the service ({@code APP_API_TOKEN}); without it every
 *     callback is refused
 * @param pubsub the name of the pub/sub component
 * @param timeout the longest duration of one call; the SDK has no limit by default
 */
@ConfigurationProperties("tidings.sidecar")
public record SidecarSettings(
        String host, int httpPort, int grpcPort, String apiToken, String appToken, String pubsub, Duration timeout) {

    /** Returns a new client, which connects at its first call. One client serves a whole process. */
    public DaprClient connect() {
        DaprClientBuilder builder = new DaprClientBuilder()
                .withPropertyOverride(Properties.SIDECAR_IP, host)
                .withPropertyOverride(Properties.HTTP_PORT, Integer.toString(httpPort))
                .withPropertyOverride(Properties.GRPC_PORT, Integer.toString(grpcPort))
                .withPropertyOverride(Properties.TIMEOUT, Long.toString(timeout.toMillis()));
        if (!apiToken.isEmpty()) {
            builder.withPropertyOverride(Properties.API_TOKEN, apiToken);
        }
        return builder.build();
    }

    /** Returns the address of a path of the sidecar's HTTP API. */
    URI uri(String path) {
        return URI.create("http://%s:%d%s".formatted(host, httpPort, path));
    }

    /** Leaves the tokens out. */
    @Override
    public String toString() {
        return "SidecarSettings[%s, http %d, grpc %d, timeout %s]".formatted(host, httpPort, grpcPort, timeout);
    }
}
