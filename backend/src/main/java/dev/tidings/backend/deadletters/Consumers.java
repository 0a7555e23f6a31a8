package dev.tidings.backend.deadletters;

import dev.tidings.backend.publishing.SidecarProperties;
import dev.tidings.messaging.callback.RecordKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The workers, seen from here: who listens to what, and how to deliver an event to one of them. */
@Component
class Consumers {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** @param consumers app ids of the workers by topic, as in pubsub-kafka.yaml */
    @ConfigurationProperties("tidings.dead-letters")
    record Settings(Map<String, List<String>> consumers) {}

    /** What a worker answers to a delivery. */
    sealed interface Answer {
        record Processed() implements Answer {}

        record Failed(String reason) implements Answer {}

        /** It was not asked. */
        record Unreachable(String reason) implements Answer {}
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final SidecarProperties sidecar;
    private final Settings settings;
    private final JsonMapper json;

    Consumers(SidecarProperties sidecar, Settings settings, JsonMapper json) {
        this.sidecar = sidecar;
        this.settings = settings;
        this.json = json;
    }

    List<String> of(String topic) {
        return settings.consumers().getOrDefault(topic, List.of());
    }

    /** Delivers the event to that worker alone, as its own sidecar would. Blocks; no transaction may be open. */
    Answer deliver(String consumer, String topic, @Nullable String key, String event) {
        HttpRequest.Builder request = sidecar.call(consumer, "/events/" + topic)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(event));
        if (key != null) {
            request.header(RecordKey.HEADER, RecordKey.header(key));
        }
        try {
            return answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            return new Answer.Unreachable("no answer by way of the sidecar: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unreachable("interrupted");
        }
    }

    private Answer answer(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            return new Answer.Unreachable("answered " + response.statusCode());
        }
        try {
            JsonNode answer = json.readTree(response.body());
            return answer.path("status").asString("").equals("SUCCESS")
                    ? new Answer.Processed()
                    : new Answer.Failed(answer.path("reason").asString("it gave no reason"));
        } catch (JacksonException e) {
            return new Answer.Unreachable("answered something that no worker says");
        }
    }
}
