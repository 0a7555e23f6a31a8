package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.local.supervision.Part;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Replica;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-WS-6, R-WS-8, R-WS-9, R-WS-10, R-TK-1. */
@OnRunningStack
class OperatorsCanSeeWhatGoesOnIT {

    private final Stack stack;
    private final String user = Users.named("watched");
    private final String token;

    OperatorsCanSeeWhatGoesOnIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(user);
    }

    @Test
    void healthTellsOfEachPart() {
        for (Replica replica : stack.replicas()) {
            assertThat(replica.get("/health/live").status()).isEqualTo(200);
            assertThat(replica.get("/health/ready").status()).isEqualTo(200);
            JsonNode health = replica.get("/health").json();
            assertThat(health.path("status").asString()).isEqualTo("UP");
            assertThat(health.path("components").propertyNames()).contains("sidecar", "db", "subscription", "hub");
        }
        for (String path : Set.of("/health", "/health/live", "/health/ready")) {
            assertThat(Http.get(stack.backend().resolve(path)).status()).isEqualTo(200);
        }
    }

    @Test
    void healthSaysThatTheSidecarIsGone() {
        Replica replica = stack.replica(1);
        stack.sidecarOf(replica.part().name()).kill();
        await("health without a sidecar")
                .until(() -> !replica.get("/health")
                        .json()
                        .path("components")
                        .path("sidecar")
                        .path("status")
                        .asString()
                        .equals("UP"));
        assertThat(replica.get("/health/live").status())
                .as("a restart of the app would help nobody")
                .isEqualTo(200);
        stack.sidecarOf(replica.part().name()).start();
        stack.awaitHealthy();
    }

    /** The sidecar asks an app for its subscriptions once only. */
    @Test
    void healthIsUpAgainAfterTheAppAloneWasRestarted() {
        Replica replica = stack.replica(2);
        replica.part().kill();
        replica.part().start();
        replica.part().awaitReady();
        await("health").until(() -> replica.get("/health").status() == 200);
    }

    @Test
    void theSubscriptionsAreListed() {
        JsonNode subscriptions = stack.replica(1).get("/dapr/subscribe").json();
        Set<String> topics = subscriptions
                .valueStream()
                .map(subscription -> subscription.path("topic").asString())
                .collect(Collectors.toSet());
        assertThat(topics)
                .contains(
                        "task-updates",
                        "purchase-created",
                        "trainer-allocated",
                        "sessions-generated",
                        "business-events",
                        "order.created",
                        "order.updated",
                        "order.cancelled",
                        "notifications");
    }

    @Test
    void metricsAreThereInPrometheusFormat() {
        try (SocketClient socket = stack.replica(1).connect(token)) {
            stack.tasks().create(token, "measured");
            socket.ledger().awaitTitle("measured");
            socket.send("nonsense");
            socket.ledger().awaitMessage("error");
            await("the metrics")
                    .untilAsserted(() -> assertMetricsOfDelivery(
                            stack.replica(1).get("/metrics").body()));
        }
        assertThat(metricNames(Http.get(stack.backend().resolve("/metrics")).body()))
                .contains(
                        "tidings_outbox_backlog",
                        "tidings_outbox_oldest_age_seconds",
                        "tidings_outbox_delay_seconds",
                        "tidings_outbox_publish_seconds");
    }

    private static void assertMetricsOfDelivery(String metrics) {
        assertThat(metricNames(metrics))
                .contains(
                        "tidings_websocket_connections",
                        "tidings_websocket_users",
                        "tidings_websocket_messages_sent_total",
                        "tidings_websocket_messages_received_total",
                        "tidings_websocket_connection_duration_seconds",
                        "tidings_websocket_delivery_latency_seconds",
                        "tidings_websocket_errors_total",
                        "tidings_websocket_screen_received_total",
                        "tidings_websocket_screen_applied_total",
                        "tidings_websocket_screen_latency_seconds",
                        "tidings_websocket_slow_consumers_total",
                        "tidings_websocket_resumes_total",
                        "tidings_websocket_gaps_healed_total",
                        "tidings_websocket_queue_depth",
                        "tidings_cluster_peer_queue");
        assertThat(metrics).containsPattern("delivery_latency[^\\n]*task.created");
    }

    private static Set<String> metricNames(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.toSet());
    }

    @Test
    void theLogTellsTheWayOfAnEvent() {
        Replica replica = stack.replica(1);
        try (SocketClient socket = replica.connect(token)) {
            stack.tasks().create(token, "logged");
            socket.ledger().awaitTitle("logged");
        }
        assertThat(stack.logOf(replica.part()))
                .containsPattern("(?s)Subscribed to Kafka topics.*Kafka consumer connected successfully");
        awaitInTheLog(replica.part(), "[WebSocket] User connected: %s (user)".formatted(user));
        awaitInTheLog(replica.part(), "[WebSocket] Emitting event to user %s: task.created".formatted(user));
        awaitInTheLogs(
                "[WebSocket] Event received: task.created, userId: %s, role: -, shouldReceive: true".formatted(user));
        await("the publication")
                .untilAsserted(() -> assertThat(stack.logOf(stack.backendPart()))
                        .containsPattern("Published to topic task-updates: \\d+ event\\(s\\) in \\d+ ms"));
    }

    @Test
    void orderEventsHaveTheirOwnLines() {
        try (SocketClient socket = stack.replica(1).connect(token)) {
            BusEvent order = BusEvent.business("order.updated", user)
                    .onTopic("order.updated")
                    .with("buyerId", user)
                    .with("orderId", "order-" + user)
                    .with("status", "shipped");
            stack.publisher().publish(order);
            assertThat(socket.ledger()
                            .awaitMessage("order:updated")
                            .event()
                            .path("status")
                            .asString())
                    .isEqualTo("shipped");
        }
        awaitInTheLogs("Order updated event received - OrderID: order-%s, Status: shipped".formatted(user));
        awaitInTheLogs("Order update notification sent to user " + user);
    }

    private void awaitInTheLog(Part part, String line) {
        await(line).until(() -> stack.logOf(part).contains(line));
    }

    /** The line of any replica. */
    private void awaitInTheLogs(String line) {
        await(line)
                .until(() -> stack.replicas().stream()
                        .anyMatch(replica -> stack.logOf(replica.part()).contains(line)));
    }
}
