package dev.tidings.systemtests.stack;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Publishes through a sidecar's HTTP API, as a service of any language does. */
public final class Publisher {

    private static final String CLOUD_EVENT = "application/cloudevents+json";

    private final URI sidecar;
    private final String apiToken;
    private final String pubsub;

    Publisher(URI sidecar, String apiToken, String pubsub) {
        this.sidecar = sidecar;
        this.apiToken = apiToken;
        this.pubsub = pubsub;
    }

    /** @throws AssertionError if the sidecar does not take it */
    public void publish(BusEvent event) {
        Http.Answer answer = tryPublish(event);
        if (answer.status() != 204) {
            throw new AssertionError("the sidecar answered " + answer);
        }
    }

    public Http.Answer tryPublish(BusEvent event) {
        return publishRaw(
                event.topic(), event.key(), CLOUD_EVENT, event.cloudEvent().toString());
    }

    /** Any bytes; Dapr wraps what is no CloudEvent into one of its own making. */
    public Http.Answer publishRaw(String topic, String key, String contentType, String body) {
        String metadata = "?metadata.partitionKey=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
        return post("/v1.0/publish/%s/%s%s".formatted(pubsub, topic, metadata), contentType, body);
    }

    /**
     * Publishes events of new tasks in one batch.
     *
     * @return the titles of the tasks in their order: the prefix and a number
     */
    public List<String> publishTasks(String user, int count, String prefix) {
        List<String> titles =
                IntStream.range(0, count).mapToObj(n -> prefix + n).toList();
        publishAll(titles.stream().map(title -> BusEvent.task(user, title)).toList());
        return titles;
    }

    /** All of one topic in one call, so that they travel as a batch. */
    public void publishAll(List<BusEvent> events) {
        ArrayNode entries = JsonMapper.shared().createArrayNode();
        for (BusEvent event : events) {
            ObjectNode entry = entries.addObject();
            entry.put("entryId", Integer.toString(entries.size())).put("contentType", CLOUD_EVENT);
            entry.set("event", event.cloudEvent());
            entry.putObject("metadata").put("partitionKey", event.key());
        }
        String path =
                "/v1.0/publish/bulk/%s/%s".formatted(pubsub, events.getFirst().topic());
        Http.Answer answer = post(path, "application/json", entries.toString());
        if (answer.status() != 204) {
            throw new AssertionError("the sidecar answered " + answer);
        }
    }

    private Http.Answer post(String path, String contentType, String body) {
        HttpRequest.Builder request = Http.to(sidecar.resolve(path))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body));
        if (!apiToken.isEmpty()) {
            request.header("dapr-api-token", apiToken);
        }
        return Http.send(request.build());
    }
}
