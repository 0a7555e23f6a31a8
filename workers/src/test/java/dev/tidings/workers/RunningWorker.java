package dev.tidings.workers;

import dev.tidings.workers.runtime.EventHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A worker as it runs, its database sessions in an odd time zone, seen as its sidecar sees it. */
public final class RunningWorker implements AutoCloseable {
    public static final String APP_TOKEN = UUID.randomUUID().toString();

    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningWorker(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Without a sidecar: what it publishes waits in the outbox.
     *
     * @param settings as {@code name=value}
     */
    public static RunningWorker start(String appId, WorkersDatabase database, String... settings) {
        // The same setting twice would be a list.
        Map<String, String> all = new LinkedHashMap<>();
        all.put("TIDINGS_WORKER", appId);
        all.put("server.port", "0");
        all.put("server.address", "127.0.0.1");
        all.put("tidings.sidecar.app-token", APP_TOKEN);
        all.put("tidings.sidecar.http-port", "1");
        all.put("tidings.sidecar.grpc-port", "1");
        all.put("spring.datasource.url", database.login().jdbcUrl());
        all.put("spring.datasource.username", database.login().user());
        all.put("spring.datasource.password", database.login().password());
        all.put(
                "spring.datasource.hikari.data-source-properties.options",
                "-c lock_timeout=5s -c TimeZone=Asia/Kathmandu");
        for (String setting : settings) {
            String[] nameAndValue = setting.split("=", 2);
            all.put(nameAndValue[0], nameAndValue[1]);
        }
        String[] arguments = all.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        return new RunningWorker(SpringApplication.run(WorkersApplication.class, arguments));
    }

    public int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    List<EventHandler<?>> handlers() {
        return context.<EventHandler<?>>getBeanProvider(ResolvableType.forClass(EventHandler.class)).stream()
                .toList();
    }

    /** Delivers one event as a replay does. Returns its result, with the status SUCCESS, RETRY or DROP. */
    public JsonNode deliver(String topic, String key, String cloudEvent) {
        return json(post("/events/" + topic, cloudEvent, APP_TOKEN, key));
    }

    /** Delivers records as the sidecar does. Returns the statuses. */
    public List<String> deliverBatch(String topic, List<BatchEntry> entries) {
        List<Map<String, Object>> all = IntStream.range(0, entries.size())
                .mapToObj(i -> Map.<String, Object>of(
                        "entryId",
                        Integer.toString(i),
                        "contentType",
                        "application/octet-stream",
                        "event",
                        Base64.getEncoder()
                                .encodeToString(entries.get(i).event().getBytes(StandardCharsets.UTF_8)),
                        "metadata",
                        Map.of("__key", entries.get(i).key(), "__topic", topic)))
                .toList();
        HttpRequest request = HttpRequest.newBuilder(uri("/events/" + topic))
                .header("Content-Type", "application/json")
                .header("dapr-api-token", APP_TOKEN)
                .POST(BodyPublishers.ofString(
                        JSON.writeValueAsString(Map.of("id", "batch", "topic", topic, "entries", all))))
                .build();
        return json(send(request))
                .path("statuses")
                .valueStream()
                .map(status -> status.path("status").stringValue())
                .toList();
    }

    /** A record of a batch. */
    public record BatchEntry(String key, String event) {}

    private static JsonNode json(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError("answered " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    public HttpResponse<String> post(String path, String body, @Nullable String token, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/cloudevents+json")
                .header("__key", key)
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (token != null) {
            request.header("dapr-api-token", token);
        }
        return send(request.build());
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As the backend's relay publishes it. */
    public static String cloudEvent(String type, String id, Object data) {
        return JSON.writeValueAsString(Map.of(
                "specversion",
                "1.0",
                "id",
                id,
                "source",
                "backend",
                "type",
                type,
                "time",
                Instant.now().toString(),
                "datacontenttype",
                "application/json",
                "data",
                data));
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
