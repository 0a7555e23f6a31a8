package dev.tidings.backend.deadletters;

import dev.tidings.events.Topic;
import dev.tidings.sidecar.InvocationReply;
import dev.tidings.sidecar.RecordKey;
import dev.tidings.sidecar.ServiceInvocation;
import dev.tidings.topology.App;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The workers as consumers: which of them subscribe to a topic, and delivery of an event to one of them. */
@Component
class Consumers {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** The result of a delivery. */
    sealed interface ConsumerReply {
        record Processed() implements ConsumerReply {}

        record ConsumerFailed(String reason) implements ConsumerReply {}

        /**
         * The worker did not accept the request.
         *
         * @param isTemporary whether the worker, a sidecar or the network was down, and not the request at fault
         */
        record ConsumerUnreachable(String reason, boolean isTemporary) implements ConsumerReply {}
    }

    private final ServiceInvocation apps;
    private final JsonMapper json;

    Consumers(ServiceInvocation apps, JsonMapper json) {
        this.apps = apps;
        this.json = json;
    }

    /** Returns the app ids of the workers that may give up on an event of the topic. */
    List<String> of(String topic) {
        return Arrays.stream(Topic.values())
                .filter(known -> known.wireName().equals(topic))
                .flatMap(known -> App.consumersWithDeadLetters(known).stream())
                .map(App::id)
                .toList();
    }

    /** Delivers the event to that worker alone, as its own sidecar would. Blocks; no transaction may be open. */
    ConsumerReply deliver(String consumer, String topic, @Nullable String key, String event) {
        HttpRequest.Builder request = apps.request(consumer, "/events/" + topic, TIMEOUT)
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(event));
        if (key != null) {
            request.header(RecordKey.HEADER, RecordKey.header(key));
        }
        return switch (apps.send(request.build())) {
            case InvocationReply.CallSucceeded(String body) -> reply(body);
            case InvocationReply.Unsuccessful other ->
                new ConsumerReply.ConsumerUnreachable(other.reason(), other instanceof InvocationReply.AppUnavailable);
        };
    }

    private ConsumerReply reply(String body) {
        try {
            JsonNode answer = json.readTree(body);
            return answer.path("status").asString("").equals("SUCCESS")
                    ? new ConsumerReply.Processed()
                    : new ConsumerReply.ConsumerFailed(answer.path("reason").asString("it gave no reason"));
        } catch (JacksonException e) {
            return new ConsumerReply.ConsumerUnreachable("its answer is not JSON", false);
        }
    }
}
