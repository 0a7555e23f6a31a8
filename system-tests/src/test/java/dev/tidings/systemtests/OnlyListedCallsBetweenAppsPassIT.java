package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.ForeignApp;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** dapr-components/access-control.yaml: an app calls another one by Dapr where the file lists it, and nowhere else. */
@OnRunningStack
class OnlyListedCallsBetweenAppsPassIT {
    private static final List<String> APPS = List.of(
            "backend",
            "websocket-service",
            "purchase-worker",
            "allocation-worker",
            "session-worker",
            "cache-worker",
            "notification-service",
            "recurring-task-service",
            "audit-log-service");

    private static final List<String> POSTS = List.of(
            "/events/order.cancelled",
            "/events/notifications",
            "/events/dead-letter-queue",
            "/events/purchase-confirmed",
            "//events//order.cancelled",
            "/x/../events/order.cancelled",
            "/%65vents/order.cancelled",
            "/%2565vents/order.cancelled",
            "/api/v1/admin/allocations/auto-assign",
            "/api/tasks");

    private static final List<String> GETS = List.of(
            "/dapr/subscribe",
            "/dapr/config",
            "/health",
            "/metrics",
            "/stats",
            "/api/v1/courses",
            "/api/v1/events/recent",
            "/api/v1/admin/dead-letters",
            "/api/v1/admin/rejected-events",
            "/api/v1/admin/deliveries/user?id=x",
            "/api/v1/admin/connections",
            "/");

    private final Stack stack;
    private final String victim = Users.named("victim");
    private final String token;

    OnlyListedCallsBetweenAppsPassIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(victim, Role.ADMIN);
    }

    @Test
    void aForeignAppReachesNothingHoweverItTries() {
        try (ForeignApp foreign = stack.startCaller(ForeignApp.APP_ID);
                SocketClient socket = stack.replica(1).connect(stack.tokens().of(victim))) {
            for (String app : APPS) {
                POSTS.forEach(path -> assertRefused(foreign, app, "POST", path, Map.of()));
                GETS.forEach(path -> assertRefused(foreign, app, "GET", path, Map.of()));
            }
            for (Map<String, String> disguise : List.of(
                    Map.of("dapr-caller-app-id", "backend"),
                    Map.of("Dapr-Caller-App-Id", "websocket-service", "dapr-api-token", "guess"),
                    Map.of("pubsubname", "pubsub", "__topic", "order.cancelled", "__key", victim))) {
                assertRefused(foreign, "websocket-service", "POST", "/events/order.cancelled", disguise);
                assertRefused(foreign, "notification-service", "POST", "/events/order.cancelled", disguise);
                assertRefused(foreign, "backend", "POST", "/events/dead-letter-queue", disguise);
            }
            for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD")) {
                assertRefused(foreign, "websocket-service", method, "/events/order.cancelled", Map.of());
            }

            stack.publisher().publish(BusEvent.task(victim, "real"));
            socket.ledger().awaitTitle("real");
            assertThat(socket.ledger().events()).hasSize(1);
        }
        assertThat(stack.database().number("SELECT count(*) FROM notification WHERE user_id = ?", victim))
                .isZero();
    }

    @Test
    void anAppOfOursMayCallWhatTheListSaysAndNoMore() {
        // One after the other: sidecars find a caller under the name of the app that it plays, too.
        try (ForeignApp allocation = stack.startCaller("allocation-worker")) {
            assertThat(call(allocation, "backend", "POST", "/api/v1/admin/allocations/auto-assign", Map.of())
                            .status())
                    .as("a purchase that is not there")
                    .isIn(400, 404);
            assertRefused(allocation, "purchase-worker", "POST", "/events/purchase-confirmed", Map.of());
        }
        try (ForeignApp backend = stack.startCaller("backend")) {
            assertThat(call(backend, "purchase-worker", "POST", "/events/purchase-confirmed", Map.of())
                            .status())
                    .isEqualTo(200);
            assertThat(call(
                                    backend,
                                    "websocket-service",
                                    "GET",
                                    "/api/v1/admin/deliveries/user?id=x",
                                    Map.of("Authorization", "Bearer " + token))
                            .status())
                    .isEqualTo(200);
            assertRefused(backend, "websocket-service", "POST", "/events/order.cancelled", Map.of());
            assertRefused(backend, "purchase-worker", "POST", "/events/%2570urchase-confirmed", Map.of());
        }
        try (ForeignApp other = stack.startCaller("purchase-worker")) {
            assertRefused(other, "session-worker", "POST", "/events/trainer-allocated", Map.of());
            // The name of the caller before is found for some seconds more.
            await().untilAsserted(() ->
                    assertRefused(other, "backend", "POST", "/api/v1/admin/allocations/auto-assign", Map.of()));
        }
    }

    @Test
    void aCallbackAtThePortOfAnAppNeedsTheTokenOfItsSidecar() {
        for (URI app : List.of(stack.backend(), stack.replica(1).address())) {
            HttpRequest request = HttpRequest.newBuilder(app.resolve("/events/order.cancelled"))
                    .header("Content-Type", "application/json")
                    .header("dapr-api-token", "guess")
                    .POST(BodyPublishers.ofString(forged()))
                    .build();
            assertThat(Http.send(request).status()).isEqualTo(401);
        }
    }

    private void assertRefused(ForeignApp caller, String app, String method, String path, Map<String, String> headers) {
        assertThat(call(caller, app, method, path, headers).status())
                .as("%s %s of %s with %s", method, path, app, headers)
                .isEqualTo(403);
    }

    private Http.Answer call(ForeignApp caller, String app, String method, String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(caller.invocation(app, path))
                .header("Content-Type", "application/json")
                .method(method, method.equals("POST") ? BodyPublishers.ofString(forged()) : BodyPublishers.noBody());
        headers.forEach(request::header);
        if (!headers.containsKey("Authorization")) {
            request.header("Authorization", "Bearer " + token);
        }
        return Http.send(request.build());
    }

    /** An event of the backend, alone and as the only entry of a batch. */
    private String forged() {
        String event = """
                {"specversion":"1.0","id":"forged","source":"backend","type":"order.cancelled","topic":"order.cancelled",\
                "data":{"orderId":"0190aaaa-0000-7000-8000-000000000000","buyerId":"%s","reason":"forged","version":9,\
                "cancelledAt":"2026-02-07T12:00:00.000Z"}""".formatted(victim);
        return "%s,\"entries\":[{\"entryId\":\"0\",\"event\":\"%s\"}]}"
                .formatted(event, Base64.getEncoder().encodeToString((event + "}").getBytes(StandardCharsets.UTF_8)));
    }
}
