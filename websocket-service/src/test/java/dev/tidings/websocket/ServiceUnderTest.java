package dev.tidings.websocket;

import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.Ports;
import dev.tidings.devkit.TidingsDatabase;
import dev.tidings.tokens.Role;
import dev.tidings.tokens.TokenIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The whole service on a database of its own, for all tests that extend this; seen over HTTP, as sidecar and users do. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
public abstract class ServiceUnderTest {
    protected static final JsonMapper JSON = JsonMapper.builder().build();
    protected static final String APP_TOKEN = "token-of-the-sidecar";
    protected static final int SIDECAR_HTTP_PORT = Ports.free();
    protected static final int SIDECAR_GRPC_PORT = Ports.free();
    private static final int INTERNAL_PORT = Ports.free();
    private static final String SECRET = "a secret for tests that is long enough for HS256";
    private static final TidingsDatabase.Login DATABASE =
            Infrastructure.shared().freshDatabase().websocket();

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    protected int port;

    @Autowired
    protected JdbcClient jdbc;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        settings.add("TIDINGS_DB_URL", DATABASE::jdbcUrl);
        settings.add("TIDINGS_DB_USER", DATABASE::user);
        settings.add("TIDINGS_DB_PASSWORD", DATABASE::password);
        settings.add("spring.datasource.hikari.connection-init-sql", () -> "SET TIME ZONE 'Asia/Kathmandu'");
        settings.add("APP_API_TOKEN", () -> APP_TOKEN);
        settings.add("DAPR_HTTP_PORT", () -> SIDECAR_HTTP_PORT);
        settings.add("DAPR_GRPC_PORT", () -> SIDECAR_GRPC_PORT);
        settings.add("TIDINGS_JWT_HS256_SECRET", () -> SECRET);
        settings.add("TIDINGS_INTERNAL_PORT", () -> INTERNAL_PORT);
        settings.add("TIDINGS_INTERNAL_ADDRESS", () -> "127.0.0.1:" + INTERNAL_PORT);
        settings.add("TIDINGS_CLUSTER_SECRET", () -> "a secret for the replicas of a test");
        settings.add("TIDINGS_ALLOWED_ORIGINS", () -> "https://*.example.com,http://localhost:*");
        settings.add("TIDINGS_BIND_ADDRESS", () -> "127.0.0.1");
    }

    /** Something that no other test uses. */
    protected static String unique(String name) {
        return name + "-" + UUID.randomUUID();
    }

    protected static String token(String user, Role role) {
        return TokenIssuer.hs256(SECRET, "tidings", "tidings", Clock.systemUTC())
                .issue(user, role, Duration.ofMinutes(5));
    }

    protected HttpResponse<String> get(String path, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.GET().build());
    }

    protected JsonNode getJson(String path, @Nullable String token) {
        return JSON.readTree(get(path, token).body());
    }

    /** Posts a batch as the sidecar does. */
    protected HttpResponse<String> postBatch(String topic, @Nullable String appToken, List<JsonNode> events) {
        ObjectNode batch = JSON.createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("type", "com.dapr.event.sent.bulk")
                .put("topic", topic)
                .put("pubsub", "pubsub");
        batch.putObject("metadata").put("pubsubName", "pubsub");
        ArrayNode entries = batch.putArray("entries");
        IntStream.range(0, events.size()).forEach(i -> {
            ObjectNode entry = entries.addObject().put("entryId", "entry-" + i).put("contentType", "any");
            entry.set("event", events.get(i));
            entry.putObject("metadata").put("__topic", topic);
        });
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/events/" + topic))
                .header("Content-Type", "application/json");
        if (appToken != null) {
            request.header("dapr-api-token", appToken);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofString(batch.toString()))
                .build());
    }

    /** As the sidecar puts an event into the batch of a subscription that asks for raw payloads. */
    protected static JsonNode raw(byte[] event) {
        return StringNode.valueOf(Base64.getEncoder().encodeToString(event));
    }

    /** Posts a batch of raw payloads, and answers the statuses of its entries. */
    protected List<String> deliver(String topic, byte[]... events) {
        HttpResponse<String> answer = postBatch(
                topic, APP_TOKEN, Stream.of(events).map(ServiceUnderTest::raw).toList());
        return JSON.readTree(answer.body())
                .get("statuses")
                .valueStream()
                .map(status -> status.get("status").asString())
                .toList();
    }

    protected static byte[] taskEvent(String id, String user, String title) {
        return """
                {"specversion": "1.0", "id": "%s", "source": "backend", "type": "task.created",
                 "datacontenttype": "application/json", "time": "2026-02-07T12:00:00Z",
                 "data": {"event_type": "task.created", "user_id": "%s", "title": "%s"}}""".formatted(id, user, title).getBytes(StandardCharsets.UTF_8);
    }

    protected HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
