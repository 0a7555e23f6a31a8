package dev.tidings.websocket.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.tokens.Role;
import dev.tidings.tokens.TokenIssuer;
import dev.tidings.tokens.TokenSettings;
import dev.tidings.tokens.TokenVerifier;
import dev.tidings.websocket.cluster.peers.ClusterQuery;
import dev.tidings.websocket.cluster.peers.ClusterQuery.ClusterResponse;
import dev.tidings.websocket.cluster.peers.ClusterQuery.ReplicaResponse;
import dev.tidings.websocket.delivery.ConnectionInfo;
import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.stream.StreamName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.json.JsonMapper;

/** R-WS-7. */
class StatsControllerTest {
    private static final String SECRET = "a secret of thirty-two bytes or more";
    private static final String TOTALS = """
            {"total_users":2,"total_connections":3}""";
    private static final String ALL = """
            {"total_users":2,"total_connections":3,"users":{"user-123":2,"user-456":1},\
            "replicas":[{"id":"a","name":"one","connections":2,"users":2},\
            {"id":"b","name":"two","connections":1,"users":1}]}""";
    private static final ClusterResponse<Map<String, Integer>> COUNTS = new ClusterResponse<>(
            List.of(
                    new ReplicaResponse<>("a", "one", Map.of("user-123", 1, "user-456", 1)),
                    new ReplicaResponse<>("b", "two", Map.of("user-123", 1))),
            List.of());

    @Test
    void a_user_who_is_connected_to_two_replicas_counts_once() throws Exception {
        assertThat(answer("development", COUNTS, null)).isEqualTo(ALL);
    }

    @Test
    void in_production_everyone_gets_the_totals() throws Exception {
        assertThat(answer("production", COUNTS, null)).isEqualTo(TOTALS);
        assertThat(answer("production", COUNTS, "Bearer nonsense")).isEqualTo(TOTALS);
        assertThat(answer("production", COUNTS, bearer(Role.STUDENT))).isEqualTo(TOTALS);
    }

    @Test
    void in_production_operators_and_admins_get_all() throws Exception {
        assertThat(answer("production", COUNTS, bearer(Role.OPERATOR))).isEqualTo(ALL);
        assertThat(answer("production", COUNTS, bearer(Role.ADMIN))).isEqualTo(ALL);
    }

    @Test
    void replicas_that_did_not_answer_are_named() throws Exception {
        assertThat(answer("development", new ClusterResponse<>(List.of(), List.of("three")), null))
                .isEqualTo("""
                        {"total_users":0,"total_connections":0,"users":{},"replicas":[],"unreachable":["three"]}""");
    }

    private static String answer(
            String profile, ClusterResponse<Map<String, Integer>> counts, @Nullable String authorization)
            throws Exception {
        StandardEnvironment environment = new StandardEnvironment();
        environment.setActiveProfiles(profile);
        TokenVerifier verifier = TokenVerifier.of(
                new TokenSettings(SECRET, null, "tidings", "tidings", Duration.ZERO), Clock.systemUTC());
        StatsController controller = new StatsController(new Counted(counts), verifier, environment);
        return JsonMapper.shared().writeValueAsString(controller.stats(authorization));
    }

    private record Counted(ClusterResponse<Map<String, Integer>> countByUser) implements ClusterQuery {
        @Override
        public ClusterResponse<List<ConnectionProgress>> progress(StreamName stream) {
            throw new AssertionError("not asked for");
        }

        @Override
        public ClusterResponse<List<ConnectionInfo>> connections(ConnectionInfo.Query query) {
            throw new AssertionError("not asked for");
        }

        @Override
        public ClusterResponse<Boolean> close(String id) {
            throw new AssertionError("not asked for");
        }
    }

    private static String bearer(Role role) {
        return "Bearer "
                + TokenIssuer.hs256(SECRET, "tidings", "tidings", Clock.systemUTC())
                        .issue("olga", role, Duration.ofMinutes(1));
    }
}
