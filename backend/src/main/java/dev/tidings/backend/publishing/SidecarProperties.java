package dev.tidings.backend.publishing;

import dev.tidings.messaging.publishing.SidecarConnection;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** How to call the sidecar; see {@link SidecarConnection}. */
@ConfigurationProperties("tidings.sidecar")
public record SidecarProperties(String host, int httpPort, int grpcPort, String apiToken, Duration timeout) {
    SidecarConnection connection() {
        return new SidecarConnection(host, httpPort, grpcPort, apiToken, timeout);
    }

    /** Where a path of another app is called through Dapr. */
    public URI invocation(String appId, String path) {
        return URI.create("http://%s:%d/v1.0/invoke/%s/method%s".formatted(host, httpPort, appId, path));
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return connection().toString();
    }
}
