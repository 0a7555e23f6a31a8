package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.Metrics;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tutoring;
import dev.tidings.systemtests.stack.Users;
import java.net.URI;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-WS-9, R-PF-14, R-OP-4: each metric has the value that known actions give it. */
@OnRunningStack
class MetricsCountWhatHappensIT {

    private static final int TIER = 10;

    private final Stack stack;
    private final URI replica;
    private final String user = Users.named("counted");

    MetricsCountWhatHappensIT(Stack stack) {
        this.stack = stack;
        this.replica = stack.replica(1).address();
    }

    @Test
    void theWayOfAMessageIsCounted() {
        String token = stack.tokens().of(user);
        String ofTasks = "event_type=\"task.created\"";
        Metrics before = Metrics.of(replica);
        String cursor;
        try (SocketClient socket = stack.replica(1).connect(token)) {
            assertConnectionsAreThoseOfTheStatistics();
            stack.tasks().create(token, "counted");
            cursor = socket.ledger().awaitTitle("counted").cursor();
            socket.send("{\"type\":\"ping\",\"cursor\":\"%s\",\"received\":3,\"applied\":2,\"latency_ms\":40}"
                    .formatted(cursor));
            socket.send("nonsense");
            socket.ledger().awaitMessage("error");
            // A message is counted when its write has ended, which may be after its arrival.
            await("the metrics of the messages").untilAsserted(() -> {
                Metrics after = Metrics.of(replica);
                assertRise(before, after, 2, "tidings_websocket_messages_received_total");
                assertThat(rise(before, after, "tidings_websocket_messages_sent_total"))
                        .as("connected, the event, pong and error")
                        .isGreaterThanOrEqualTo(4);
                assertRise(before, after, 1, "tidings_websocket_delivery_latency_seconds_count", ofTasks);
                assertRise(before, after, 1, "tidings_websocket_screen_delay_seconds_count");
                assertRise(before, after, 1, "tidings_websocket_acknowledged_total");
                assertRise(before, after, 3, "tidings_websocket_screen_received_total");
                assertRise(before, after, 2, "tidings_websocket_screen_applied_total");
                assertRise(before, after, 1, "tidings_websocket_screen_latency_seconds_count");
                assertThat(rise(before, after, "tidings_websocket_screen_latency_seconds_sum"))
                        .isBetween(0.039, 0.041);
                assertRise(before, after, 1, "tidings_websocket_errors_total", "kind=\"malformed\"");
                assertRise(before, after, 0, "tidings_websocket_resumes_total");
                assertThat(after.sum("tidings_websocket_queue_depth")).isZero();
            });
        }
        await("the end of the connection").untilAsserted(() -> {
            Metrics after = Metrics.of(replica);
            assertThat(rise(before, after, "tidings_websocket_connection_duration_seconds_count"))
                    .isPositive();
            assertThat(rise(before, after, "tidings_websocket_closes_total", "cause=\"client\""))
                    .isPositive();
        });
        assertConnectionsAreThoseOfTheStatistics();

        stack.replica(1).connect(token, cursor).close();
        await("the resume")
                .untilAsserted(() -> assertRise(before, Metrics.of(replica), 1, "tidings_websocket_resumes_total"));
    }

    @Test
    void aPurchaseIsCounted() {
        Tutoring tutoring = stack.tutoring();
        URI cacheWorker =
                URI.create("http://localhost:" + stack.part("cache-worker").port());
        String course = tutoring.newCourse();
        tutoring.addTrainers(course, 1);
        Metrics before = Metrics.of(stack.backend());
        Metrics cacheBefore = Metrics.of(cacheWorker);

        String payment = tutoring.buy(user, course, TIER);
        tutoring.awaitComplete(payment, TIER);
        tutoring.home(user, false);
        await("a hit").untilAsserted(() -> {
            tutoring.home(user, false);
            assertThat(rise(
                            before,
                            Metrics.of(stack.backend()),
                            "tidings_screen_seconds_count",
                            "screen=\"home\"",
                            "cache=\"hit\""))
                    .isPositive();
        });

        await("the sessions").untilAsserted(() -> {
            Metrics after = Metrics.of(stack.backend());
            assertRise(before, after, TIER, "tidings_sessions_expected_total");
            assertRise(before, after, TIER, "tidings_sessions_scheduled_total");
            assertThat(after.sum("tidings_cache_hit_ratio")).isBetween(0.0, 1.0).isPositive();
        });
        await("the invalidations").untilAsserted(() -> {
            Metrics cache = Metrics.of(cacheWorker);
            for (String type : new String[] {"PURCHASE_CREATED", "TRAINER_ALLOCATED", "SESSIONS_GENERATED"}) {
                String ofType = "type=\"" + type + "\"";
                double succeeded =
                        rise(cacheBefore, cache, "tidings_cache_invalidations_total", ofType, "result=\"succeeded\"");
                assertThat(succeeded).as(type).isPositive();
                assertThat(rise(cacheBefore, cache, "tidings_cache_invalidation_latency_seconds_count", ofType))
                        .as(type)
                        .isEqualTo(succeeded);
            }
        });
    }

    /** Sockets of other classes may still be closing, so the gauges are compared with what the statistics say. */
    private void assertConnectionsAreThoseOfTheStatistics() {
        await("connections").untilAsserted(() -> {
            JsonNode own = stack.replica(1)
                    .stats()
                    .path("replicas")
                    .valueStream()
                    .filter(one -> one.path("name")
                            .asString()
                            .equals(stack.replica(1).part().name()))
                    .findFirst()
                    .orElseThrow();
            Metrics now = Metrics.of(replica);
            assertThat(now.sum("tidings_websocket_connections"))
                    .isEqualTo(own.path("connections").asDouble());
            assertThat(now.sum("tidings_websocket_users"))
                    .isEqualTo(own.path("users").asDouble());
        });
    }

    private static void assertRise(Metrics before, Metrics after, double by, String name, String... labels) {
        assertThat(rise(before, after, name, labels)).as(name).isEqualTo(by);
    }

    private static double rise(Metrics before, Metrics after, String name, String... labels) {
        return after.sum(name, labels) - before.sum(name, labels);
    }
}
