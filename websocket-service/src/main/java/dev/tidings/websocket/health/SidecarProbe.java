package dev.tidings.websocket.health;

import dev.tidings.websocket.sidecar.SidecarSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks the sidecar how it is. Any thread; each question blocks for at most half a second. */
@Component
class SidecarProbe {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final JsonMapper JSON = new JsonMapper();

    private final URI healthz;
    private final URI metadata;
    private final String apiToken;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    SidecarProbe(SidecarSettings settings) {
        // Of the sidecar with its components, not of this application as the sidecar sees it.
        this.healthz = URI.create("http://127.0.0.1:" + settings.httpPort() + "/v1.0/healthz/outbound");
        this.metadata = URI.create("http://127.0.0.1:" + settings.httpPort() + "/v1.0/metadata");
        this.apiToken = settings.apiToken();
    }

    /** What is wrong with the sidecar; empty if nothing is. */
    String complaint() {
        return ask(healthz, body -> "");
    }

    /**
     * What keeps events from being delivered here; empty if nothing does. The sidecar asks an application only once what
     * it subscribes to, so the sidecar's own list is what counts, also after the application alone was restarted.
     */
    String subscriptionComplaint() {
        return ask(
                metadata,
                body -> JSON.readTree(body).path("subscriptions").isEmpty()
                        ? "the sidecar holds no subscription: it has not asked for /dapr/subscribe yet, or could not;"
                                + " if this stays, restart the sidecar"
                        : "");
    }

    private String ask(URI question, UnaryOperator<String> judge) {
        try {
            HttpRequest request = HttpRequest.newBuilder(question)
                    .timeout(PATIENCE)
                    .header("dapr-api-token", apiToken)
                    .build();
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() / 100 == 2
                    ? judge.apply(response.body())
                    : "the sidecar answers " + response.statusCode() + " at " + question;
        } catch (IOException | JacksonException e) {
            return "the sidecar does not answer at " + question;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
