package dev.tidings.backend.publishing;

import dev.tidings.messaging.publishing.SidecarConnection;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** How to call the sidecar; see {@link SidecarConnection}. */
@ConfigurationProperties("tidings.sidecar")
record SidecarProperties(String host, int httpPort, int grpcPort, String apiToken, Duration timeout) {
    SidecarConnection connection() {
        return new SidecarConnection(host, httpPort, grpcPort, apiToken, timeout);
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return connection().toString();
    }
}
