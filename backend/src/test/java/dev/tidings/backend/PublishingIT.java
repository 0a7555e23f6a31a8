package dev.tidings.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.Sidecar;
import dev.tidings.devkit.SidecarSpec;
import dev.tidings.devkit.TidingsDatabase.Login;
import dev.tidings.events.Topic;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The service and its sidecar: neither needs the other to start, and nothing is lost between them (R-PF-10). */
class PublishingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void whatWasCommittedBeforeTheServiceEndedIsPublishedByTheNextOne() {
        Infrastructure infrastructure = Infrastructure.shared();
        infrastructure.createTopics(Map.of(Topic.TASK_UPDATES.wireName(), Topic.PARTITIONS));
        Login database = infrastructure.freshDatabase().backend();
        UUID waiting;
        try (RunningBackend lonely =
                RunningBackend.on(database, "--tidings.sidecar.http-port=1", "--tidings.sidecar.grpc-port=1")) {
            Reply created = lonely.send(
                    "user-123",
                    "POST",
                    "/api/tasks",
                    "{\"title\": \"survives\"}",
                    "traceparent",
                    "00-" + TRACE + "-00f067aa0ba902b7-01");
            assertThat(created.status()).isEqualTo(201);
            waiting = lonely.jdbc()
                    .sql("SELECT id FROM outbox WHERE published_at IS NULL AND traceparent LIKE '00-" + TRACE
                            + "-%-01'")
                    .query((row, n) -> row.getObject(1, UUID.class))
                    .single();
            Reply health = get(lonely, "/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(component(health, "sidecar")).isEqualTo("DOWN");
            assertThat(component(health, "db")).isEqualTo("UP");
            assertThat(get(lonely, "/health/live").status()).isEqualTo(200);
            assertThat(get(lonely, "/health/ready").status()).isEqualTo(200);
        }

        try (Sidecar sidecar = infrastructure.startSidecar(SidecarSpec.of("backend"));
                RunningBackend next = RunningBackend.on(
                        database,
                        "--tidings.sidecar.host=" + sidecar.httpEndpoint().getHost(),
                        "--tidings.sidecar.http-port=" + sidecar.httpPort(),
                        "--tidings.sidecar.grpc-port=" + sidecar.grpcPort())) {
            await().atMost(PATIENCE)
                    .until(() -> next.jdbc()
                            .sql("SELECT published_at IS NOT NULL FROM outbox WHERE id = :id")
                            .param("id", waiting)
                            .query((row, n) -> row.getBoolean(1))
                            .single());
            await().atMost(PATIENCE).untilAsserted(() -> {
                Reply health = get(next, "/health");
                assertThat(health.status()).as(health.response().body()).isEqualTo(200);
                assertThat(component(health, "sidecar")).isEqualTo("UP");
                assertThat(component(health, "outbox")).isEqualTo("UP");
            });
            assertThat(get(next, "/metrics").response().body())
                    .contains(
                            "tidings_outbox_backlog",
                            "tidings_outbox_oldest_age_seconds",
                            "tidings_outbox_delay_seconds_bucket",
                            "tidings_outbox_publish_seconds_count{",
                            "topic=\"task-updates\"");
        }
    }

    private static String component(Reply health, String name) {
        return health.json().path("components").path(name).path("status").stringValue();
    }

    private static Reply get(RunningBackend backend, String path) {
        return backend.send(HttpRequest.newBuilder(backend.uri(path)).build());
    }
}
