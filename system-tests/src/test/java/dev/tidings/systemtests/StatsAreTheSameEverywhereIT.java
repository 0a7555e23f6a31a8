package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Replica;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-WS-7. */
@OnRunningStack
class StatsAreTheSameEverywhereIT {

    private final Stack stack;
    private final String ada = Users.named("ada");
    private final String bob = Users.named("bob");

    StatsAreTheSameEverywhereIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void bothReplicasCountTheWholeCluster() {
        try (SocketClient a1 = connect(1, ada);
                SocketClient a2 = connect(2, ada);
                SocketClient b1 = connect(1, bob)) {
            for (Replica replica : stack.replicas()) {
                awaitCounts(replica, 2, 1);
                assertTotalsAddUp(replica.stats());
            }
            b1.close();
            for (Replica replica : stack.replicas()) {
                awaitCounts(replica, 2, 0);
            }
            assertThat(a1.closeCode()).isEmpty();
            assertThat(a2.closeCode()).isEmpty();
        }
    }

    @Test
    void rightAfterAReplicaWasKilledItsConnectionsAreNotCounted() {
        try (SocketClient here = connect(1, ada);
                SocketClient there = connect(2, ada);
                SocketClient alsoThere = connect(2, bob)) {
            awaitCounts(stack.replica(1), 2, 1);
            stack.replica(2).part().kill();

            JsonNode stats = stack.replica(1).stats();
            assertThat(stats.path("users").path(ada).asInt()).isEqualTo(1);
            assertThat(stats.path("users").has(bob)).isFalse();
            assertTotalsAddUp(stats);
            assertThat(here.closeCode()).isEmpty();
            assertThat(there.awaitClose()).isEqualTo(SocketClient.NO_CLOSE_FRAME);
            assertThat(alsoThere.awaitClose()).isEqualTo(SocketClient.NO_CLOSE_FRAME);
        } finally {
            stack.replica(2).part().start();
            stack.awaitHealthy();
        }
        try (SocketClient back = connect(2, bob)) {
            for (Replica replica : stack.replicas()) {
                awaitCounts(replica, 0, 1);
            }
            assertThat(back.closeCode()).isEmpty();
        }
    }

    private SocketClient connect(int replica, String user) {
        return stack.replica(replica).connect(stack.tokens().of(user));
    }

    private void awaitCounts(Replica replica, int adas, int bobs) {
        await("%d and %d connections as seen by %s".formatted(adas, bobs, replica.address()))
                .until(() -> replica.connectionsOf(ada) == adas && replica.connectionsOf(bob) == bobs);
    }

    private static void assertTotalsAddUp(JsonNode stats) {
        int connections =
                stats.path("users").valueStream().mapToInt(JsonNode::asInt).sum();
        assertThat(stats.path("total_connections").asInt()).isEqualTo(connections);
        assertThat(stats.path("total_users").asInt())
                .isEqualTo(stats.path("users").size());
    }
}
