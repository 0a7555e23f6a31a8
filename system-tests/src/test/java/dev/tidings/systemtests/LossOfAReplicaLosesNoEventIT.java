package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.ResumingClient;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Replica;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Traffic;
import dev.tidings.systemtests.stack.Users;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** R-EV-3, R-WS-11 and docs/architecture.md#drain: replicas come and go, a client that resumes sees each event once and in order. */
@OnRunningStack
@Order(Integer.MAX_VALUE - 1)
class LossOfAReplicaLosesNoEventIT {

    private final Stack stack;
    private final String user = Users.named("resuming");
    private final String token;
    private final List<URI> sockets;

    LossOfAReplicaLosesNoEventIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(user);
        this.sockets = stack.replicas().stream().map(Replica::socket).toList();
    }

    @AfterEach
    void allIsWellAgain() {
        stack.awaitHealthy();
    }

    @Test
    void aClientWhoseReplicaIsKilledUnderTrafficResumesAtTheOtherOneWithoutLossOrRepetition() {
        try (ResumingClient client = ResumingClient.connect(sockets, token);
                SocketClient onTheOther = stack.replica(2).connect(token)) {
            Traffic traffic = Traffic.start(stack, user);
            client.ledger().awaitEvents(20);
            stack.kill(stack.replica(1));
            int soFar = client.ledger().events().size();
            client.ledger().awaitEvents(soFar + 50);

            List<String> titles = traffic.stop();
            client.ledger().awaitEvents(titles.size()).assertTitles(titles);
            onTheOther.ledger().awaitEvents(titles.size()).assertTitles(titles);
            assertThat(client.connections()).isGreaterThan(1);
        }
    }

    /** Its sidecar lives on and holds back what came meanwhile. */
    @Test
    void aReplicaThatCrashesAloneAndComesBackLosesNothing() {
        try (ResumingClient client = ResumingClient.connect(sockets, token)) {
            Traffic traffic = Traffic.start(stack, user);
            client.ledger().awaitEvents(20);
            stack.replica(1).part().kill();
            stack.replica(1).part().start();
            stack.replica(1).part().awaitReady();

            List<String> titles = traffic.stop();
            client.ledger().awaitEvents(titles.size()).assertTitles(titles);
        }
    }

    @Test
    void aRollingRestartUnderTrafficSaysByeAndLosesNothing() {
        try (ResumingClient first = ResumingClient.connect(sockets, token);
                ResumingClient second = ResumingClient.connect(sockets.reversed(), token)) {
            Traffic traffic = Traffic.start(stack, user);
            for (Replica replica : stack.replicas()) {
                first.ledger().awaitEvents(first.ledger().events().size() + 20);
                replica.part().restart();
            }
            List<String> titles = traffic.stop();

            for (ResumingClient client : List.of(first, second)) {
                client.ledger().awaitEvents(titles.size()).assertTitles(titles);
                assertThat(client.ledger().messages("gap")).isEmpty();
                assertThat(client.ledger().messages("bye")).isNotEmpty().allSatisfy(bye -> {
                    assertThat(bye.number("code")).isBetween(4000L, 4099L);
                    assertThat(bye.json().path("reconnect").asBoolean()).isTrue();
                    assertThat(bye.number("after_ms")).isNotNegative();
                });
            }
        }
    }

    /**
     * The replica of the connection is suspended, so the other one logs the events and cannot push them; then that one is killed. The
     * sweep of the first must find what was logged, and any replica ingests the rest.
     */
    @Test
    void eventsLoggedByAReplicaThatDiedBeforeItsPushReachTheConnection() {
        List<BusEvent> events = IntStream.range(0, 30)
                .mapToObj(n -> BusEvent.task(user, "orphan " + n).withKey("orphan-" + n))
                .toList();
        try (SocketClient socket = stack.replica(1).connect(token)) {
            stack.replica(1).part().suspend();
            stack.publisher().publishAll(events);
            await("some are logged").until(() -> stack.database().logged(user) > 0);
            stack.replica(2).part().kill();
            int orphans = (int) stack.database().logged(user);
            stack.replica(1).part().resume();
            socket.ledger().awaitEvents(orphans);

            stack.awaitHealthy();
            socket.ledger().awaitEvents(events.size());
            assertThat(socket.ledger().eventIds())
                    .containsExactlyInAnyOrderElementsOf(
                            events.stream().map(BusEvent::id).toList());
        }
    }

    @Test
    void aReplicaFrozenForLongerThanItsLeaseServesItsConnectionsAgainWhenItThaws() {
        ResumingClient client = ResumingClient.connect(sockets.reversed(), token);
        try (client;
                SocketClient healthy = stack.replica(1).connect(token)) {
            stack.freeze(stack.replica(2));
            await("its lease is over").until(() -> stack.replica(1).metric("tidings_cluster_peers") == 0);
            List<String> titles = stack.tasks().createAll(token, 10, "frozen ");
            healthy.ledger().awaitEvents(titles.size()).assertTitles(titles);

            stack.thaw(stack.replica(2));
            client.ledger().awaitEvents(titles.size()).assertTitles(titles);
            await("it is back").until(() -> stack.replica(1).metric("tidings_cluster_peers") == 1);
            await("it is counted again").until(() -> stack.replica(1).connectionsOf(user) == 2);
            stack.tasks().create(token, "thawed");
            client.ledger().awaitTitle("thawed");
            healthy.ledger().awaitTitle("thawed");
            healthy.ledger().assertEachOnce();
        }
    }

    @Test
    void aPeerThatStopsAnsweringDoesNotHoldUpTheOthers() {
        try (ResumingClient stuck = ResumingClient.connect(sockets.reversed(), token);
                SocketClient healthy = stack.replica(1).connect(token)) {
            stack.tasks().createAll(token, 1, "before ");
            stuck.ledger().awaitEvents(1);
            stack.freeze(stack.replica(2));
            stack.tasks().createAll(token, 20, "while ");
            healthy.ledger().awaitEvents(21);

            stack.thaw(stack.replica(2));
            stuck.ledger().awaitEvents(21).assertTitles(healthy.ledger().titles());
        }
    }
}
