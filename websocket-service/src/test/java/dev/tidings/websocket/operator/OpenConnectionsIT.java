package dev.tidings.websocket.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.tokens.Role;
import dev.tidings.websocket.ServiceUnderTest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-OP-1: operators see who is connected, with what, and how far; the backend closes a connection for them. */
class OpenConnectionsIT extends ServiceUnderTest {
    private static final String PATH = "/api/v1/admin/connections";

    private final String user = unique("ada & co/ü");
    private final HttpClient http = HttpClient.newHttpClient();

    /** The client of a user, which reads everything. */
    private static final class Client implements WebSocket.Listener {
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedStage(null);
        }
    }

    @Test
    void aConnectionIsListedWithItsDeviceAndItsPositions() {
        connect(new Client(), "Phone\t1.0");
        deliver("task-updates", taskEvent(unique("event"), user, "Look"));

        await().untilAsserted(() -> {
            JsonNode items = list("?user=" + encoded(user)).path("items");
            assertThat(items).hasSize(1);
            JsonNode connection = items.path(0);
            assertThat(connection.path("userId").asString()).isEqualTo(user);
            assertThat(connection.path("role").asString()).isEqualTo("student");
            assertThat(connection.path("device").asString()).isEqualTo("Phone 1.0");
            assertThat(connection.path("state").asString()).isEqualTo("live");
            assertThat(connection.path("openedAt").asString()).matches("\\d{4}-.*Z");
            JsonNode stream = connection.path("streams").path(0);
            assertThat(stream.path("stream").asString()).isEqualTo("user:" + user);
            assertThat(stream.path("sentUpTo").asLong()).isOne();
            assertThat(stream.path("tail").asLong()).isOne();
            assertThat(stream.path("behind").asLong()).isZero();
        });
    }

    @Test
    void theListComesInPagesAndByReplica() {
        for (int i = 0; i < 5; i++) {
            connect(new Client(), "device-" + i);
        }
        String query = "?limit=2&user=" + encoded(user);
        List<String> devices = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = list(query + "&cursor=" + cursor);
            page.path("items").forEach(item -> devices.add(item.path("device").asString()));
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        assertThat(devices).containsExactlyInAnyOrder("device-0", "device-1", "device-2", "device-3", "device-4");

        String replica = list(query).path("replicas").path(0).asString();
        assertThat(list(query + "&replica=" + replica).path("items")).hasSize(2);
        assertThat(list(query + "&replica=another").path("items")).isEmpty();
        assertThat(list("?user=" + encoded(unique("nobody"))).path("items")).isEmpty();
    }

    @Test
    void theBackendClosesAConnectionOnceWithACodeThatLetsTheClientComeBack() throws Exception {
        Client client = new Client();
        connect(client, "");
        String id =
                list("?user=" + encoded(user)).path("items").path(0).path("id").asString();

        assertThat(close(id, Role.OPERATOR, Map.of()).statusCode())
                .as("without the backend nobody records it")
                .isEqualTo(403);
        assertThat(client.closed).isNotDone();
        assertThat(closedBy(Role.OPERATOR, id)).isTrue();
        assertThat(client.closed.get()).isEqualTo(4003);
        assertThat(closedBy(Role.OPERATOR, id)).isFalse();
        assertThat(closedBy(Role.ADMIN, UUID.randomUUID().toString())).isFalse();
        assertThat(closedBy(Role.ADMIN, "x")).isFalse();
    }

    @Test
    void thisIsForOperatorsAndABadParameterIsAnswered() {
        for (Role role : new Role[] {Role.USER, Role.STUDENT, Role.TRAINER}) {
            assertThat(get(PATH, token(user, role)).statusCode()).isEqualTo(403);
            assertThat(close(UUID.randomUUID().toString(), role, fromBackend()).statusCode())
                    .isEqualTo(403);
        }
        assertThat(get(PATH, token(user, Role.ADMIN)).statusCode()).isEqualTo(200);
        for (String query :
                new String[] {"?limit=0", "?limit=x", "?cursor=x", "?user=%00", "?replica=" + "r".repeat(257)}) {
            assertThat(get(PATH + query, token(user, Role.OPERATOR)).statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
    }

    private void connect(Client client, String device) {
        WebSocket.Builder builder =
                http.newWebSocketBuilder().header("Authorization", "Bearer " + token(user, Role.STUDENT));
        if (!device.isEmpty()) {
            builder.header("User-Agent", device);
        }
        int before = list("?limit=100&user=" + encoded(user)).path("items").size();
        builder.buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), client).join();
        await().until(() ->
                list("?limit=100&user=" + encoded(user)).path("items").size() > before);
    }

    private boolean closedBy(Role role, String id) {
        HttpResponse<String> answer = close(id, role, fromBackend());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("closed").booleanValue();
    }

    /** As the own sidecar forwards a call of the backend. */
    private static Map<String, String> fromBackend() {
        return Map.of("dapr-api-token", APP_TOKEN, "dapr-caller-app-id", "backend");
    }

    private HttpResponse<String> close(String id, Role role, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + PATH + "/close?id=" + id))
                .header("Authorization", "Bearer " + token("olga", role))
                .POST(BodyPublishers.noBody());
        headers.forEach(request::header);
        return http.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    private JsonNode list(String query) {
        HttpResponse<String> answer = get(PATH + query, token("olga", Role.OPERATOR));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
