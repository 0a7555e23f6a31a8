package dev.tidings.backend.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.tokens.Role;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** R-OP-1: operators see the overview, also without a sidecar, and get snapshots for as long as they look. */
class OverviewApiIT {
    private final RunningBackend backend = RunningBackend.shared();
    private final String operator = "operator-" + UUID.randomUUID();

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"ADMIN", "OPERATOR"})
    void anOperatorSeesEachStepAndWhichAppsDoNotAnswer(Role role) {
        Reply reply = backend.send(role, operator, "GET", "/api/v1/admin/overview", null);

        assertThat(reply.status()).isEqualTo(200);
        JsonNode nodes = reply.json().at("/now/nodes");
        assertThat(nodes.findValuesAsString("step"))
                .contains("outbox", "broker", "consumer", "log", "replica", "screen", "failed");
        assertThat(node(nodes, "outbox-backend").path("state").asString()).isEqualTo("ok");
        assertThat(node(nodes, "purchase-worker").path("alert").asString()).isEqualTo("TidingsServiceIsDown");
        assertThat(reply.json().at("/limits/deliverWithinMillis").asInt()).isEqualTo(10_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"ADMIN", "OPERATOR"},
            mode = EnumSource.Mode.EXCLUDE)
    void nobodyElseDoes(Role role) {
        assertThat(backend.send(role, operator, "GET", "/api/v1/admin/overview", null)
                        .status())
                .isEqualTo(403);
        assertThat(backend.send(role, operator, "PUT", "/api/v1/admin/overview/watch", "{}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whoWatchesGetsSnapshots() {
        backend.send(Role.OPERATOR, operator, "PUT", "/api/v1/admin/overview/watch", "{}");

        await().atMost(Duration.ofMinutes(1)).until(() -> snapshotsFor(operator) >= 2);
        assertThat(snapshotsFor("operator-" + UUID.randomUUID())).isZero();
    }

    @Test
    void theFiguresAreForTheSidecarOnly() {
        Reply reply =
                backend.send(HttpRequest.newBuilder(backend.uri("/dapr/series")).build());

        assertThat(reply.status()).isEqualTo(401);
    }

    private long snapshotsFor(String user) {
        return backend.events(user).size();
    }

    private static JsonNode node(JsonNode nodes, String id) {
        return nodes.valueStream()
                .filter(node -> node.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
