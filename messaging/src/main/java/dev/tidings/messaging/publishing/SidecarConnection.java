package dev.tidings.messaging.publishing;

import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import io.dapr.config.Properties;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/**
 * How to call the sidecar.
 *
 * @param host where it listens, the loopback address as a rule
 * @param apiToken what it demands of its callers ({@code DAPR_API_TOKEN}); empty when it demands none
 * @param timeout for any one call: the SDK waits for ever by default
 */
public record SidecarConnection(String host, int httpPort, int grpcPort, String apiToken, Duration timeout) {

    /** Does not wait for the sidecar: calls fail until it is there. One client serves a whole process. */
    public DaprClient open() {
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

    /** The beginning of a call to another app's path through Dapr (service invocation), with the sidecar's token. */
    public HttpRequest.Builder call(String appId, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://%s:%d/v1.0/invoke/%s/method%s".formatted(host, httpPort, appId, path)));
        if (!apiToken.isEmpty()) {
            request.header("dapr-api-token", apiToken);
        }
        return request;
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "SidecarConnection[%s http %d grpc %d]".formatted(host, httpPort, grpcPort);
    }
}
