package dev.tidings.websocket.health;

import dev.tidings.websocket.sidecar.SidecarSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Asks the sidecar how it is. Any thread; blocks for at most half a second. */
@Component
class SidecarProbe {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final URI healthz;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    SidecarProbe(SidecarSettings settings) {
        // Of the sidecar with its components, not of this application as the sidecar sees it.
        this.healthz = URI.create("http://127.0.0.1:" + settings.httpPort() + "/v1.0/healthz/outbound");
    }

    /** What is wrong with the sidecar; empty if nothing is. */
    String complaint() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(healthz).timeout(PATIENCE).build();
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? "" : "the sidecar answers " + status + " at " + healthz;
        } catch (IOException e) {
            return "the sidecar does not answer at " + healthz;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
