package dev.tidings.backend.publishing;

import dev.tidings.messaging.publishing.SidecarConnection;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** How to call the sidecar; see {@link SidecarConnection}. */
@ConfigurationProperties("tidings.sidecar")
public record SidecarProperties(String host, int httpPort, int grpcPort, String apiToken, Duration timeout) {
    SidecarConnection connection() {
        return new SidecarConnection(host, httpPort, grpcPort, apiToken, timeout);
    }

    /** See {@link SidecarConnection#call}. */
    public HttpRequest.Builder call(String appId, String path) {
        return connection().call(appId, path);
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return connection().toString();
    }
}
