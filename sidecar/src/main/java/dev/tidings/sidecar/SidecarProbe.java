package dev.tidings.sidecar;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks the sidecar for its state. Safe for any thread; each method blocks for at most half a second. */
public final class SidecarProbe {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final SidecarSettings settings;

    public SidecarProbe(SidecarSettings settings) {
        this.settings = settings;
    }

    /** Returns why the sidecar or one of its components does not accept calls; empty if they do. */
    public String complaint() {
        // The sidecar without the state of this application, which /v1.0/healthz includes.
        return ask("/v1.0/healthz/outbound", body -> "");
    }

    /**
     * Returns why no events are delivered to this service; empty if they are. The sidecar asks an application for its subscriptions
     * only once, so its own list counts, also after the application alone was restarted.
     */
    public String subscriptionComplaint() {
        return ask(
                "/v1.0/metadata",
                body -> JSON.readTree(body).path("subscriptions").isEmpty()
                        ? "the sidecar holds no subscription: it has not asked for /dapr/subscribe yet, or could not;"
                                + " if this stays, restart the sidecar"
                        : "");
    }

    /** Returns the topics that the sidecar consumes for this service; empty if it does not answer. */
    public List<String> subscribedTopics() {
        List<String> topics = new ArrayList<>();
        ask("/v1.0/metadata", body -> {
            JSON.readTree(body)
                    .path("subscriptions")
                    .forEach(subscription ->
                            topics.add(subscription.path("topic").asString()));
            return "";
        });
        return List.copyOf(topics);
    }

    private String ask(String path, UnaryOperator<String> complaint) {
        URI uri = settings.uri(path);
        try {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(TIMEOUT)
                    .header(SidecarCalls.TOKEN, settings.apiToken())
                    .build();
            HttpResponse<String> response = ServiceInvocation.HTTP.send(request, BodyHandlers.ofString());
            return response.statusCode() / 100 == 2
                    ? complaint.apply(response.body())
                    : "the sidecar answers " + response.statusCode() + " at " + uri;
        } catch (IOException | JacksonException e) {
            return "the sidecar does not answer at " + uri;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
