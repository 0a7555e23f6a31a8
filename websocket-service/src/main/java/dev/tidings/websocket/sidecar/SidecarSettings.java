package dev.tidings.websocket.sidecar;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the sidecar is.
 *
 * @param apiToken what the sidecar's API asks for; empty if it asks for nothing
 * @param appToken what the sidecar shows on its callbacks; empty only where the sidecar is not given one
 * @param timeout of one call; the SDK's own default is none at all
 */
@Validated
@ConfigurationProperties("tidings.sidecar")
public record SidecarSettings(
        int httpPort,
        int grpcPort,
        @NotNull String apiToken,
        @NotNull String appToken,
        @NotNull Duration timeout) {
    /** Without the tokens. */
    @Override
    public String toString() {
        return "SidecarSettings[httpPort=%d, grpcPort=%d, timeout=%s]".formatted(httpPort, grpcPort, timeout);
    }
}
