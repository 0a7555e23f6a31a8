package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.local.supervision.Part;
import dev.tidings.local.topology.LocalStack;
import dev.tidings.systemtests.client.ResumingClient;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Replica;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Traffic;
import dev.tidings.systemtests.stack.Users;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** docs/architecture.md#the-one-idea: only the log is needed to be right. Each other part is broken here, and the log's own database too. */
@OnRunningStack
@Order(Integer.MAX_VALUE - 2)
class OutagesDelayEventsAndLoseNoneIT {

    private final Stack stack;
    private final String user = Users.named("outage");
    private final String token;

    OutagesDelayEventsAndLoseNoneIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(user);
    }

    @AfterEach
    void allIsWellAgain() {
        stack.awaitHealthy();
    }

    @Test
    void anEmptiedStateStoreIsFilledAgainAndNothingIsMissed() {
        try (SocketClient here = stack.replica(1).connect(token);
                SocketClient there = stack.replica(2).connect(token)) {
            stack.emptyRedis();
            List<String> titles = stack.tasks().createAll(token, 10, "forgotten ");
            here.ledger().awaitEvents(titles.size()).assertTitles(titles);
            there.ledger().awaitEvents(titles.size()).assertTitles(titles);
            await("both are known again")
                    .until(() -> stack.replicas().stream().allMatch(replica -> replica.connectionsOf(user) == 2));
        }
    }

    @Test
    void aStateStoreThatIsAwayHoldsUpNeitherEventsNorConnections() {
        try (SocketClient before = stack.replica(1).connect(token);
                SocketClient there = stack.replica(2).connect(token)) {
            stack.part(LocalStack.REDIS).kill();
            List<String> titles = stack.tasks().createAll(token, 5, "without Redis ");
            before.ledger().awaitEvents(titles.size()).assertTitles(titles);
            there.ledger().awaitEvents(titles.size()).assertTitles(titles);
            restart(LocalStack.REDIS);
            stack.tasks().create(token, "with Redis");
            before.ledger().awaitTitle("with Redis");
            there.ledger().awaitTitle("with Redis");
        }
    }

    @Test
    void aKilledSidecarOfAReplicaIsNoLoss() {
        try (SocketClient here = stack.replica(1).connect(token);
                SocketClient there = stack.replica(2).connect(token)) {
            Part sidecar = stack.sidecarOf(stack.replica(1).part().name());
            sidecar.kill();
            List<String> titles = stack.tasks().createAll(token, 10, "one sidecar ");
            here.ledger().awaitEvents(titles.size()).assertTitles(titles);
            there.ledger().awaitEvents(titles.size()).assertTitles(titles);
            sidecar.start();
            sidecar.awaitReady();
        }
    }

    @Test
    void aRestartOfKafkaUnderTrafficIsNoLoss() {
        try (SocketClient socket = stack.replica(1).connect(token)) {
            Traffic traffic = Traffic.start(stack, user);
            socket.ledger().awaitEvents(10);
            stack.part(LocalStack.KAFKA).kill();
            restart(LocalStack.KAFKA);
            List<String> titles = traffic.stop();
            socket.ledger().awaitEvents(titles.size()).assertTitles(titles);
            assertThat(socket.closeCode()).as("clients need not notice").isEmpty();
        }
    }

    @Test
    void aRestartOfTheDatabaseInTheMidstOfEventsIsNoLoss() {
        List<BusEvent> events = IntStream.range(0, 400)
                .mapToObj(n -> BusEvent.task(user, "event " + n))
                .toList();
        List<String> titles = events.stream()
                .map(event -> event.data().path("title").asString())
                .toList();
        try (ResumingClient client = ResumingClient.connect(
                stack.replicas().stream().map(Replica::socket).toList(), token)) {
            for (int n = 0; n < events.size(); n += 20) {
                stack.publisher().publishAll(events.subList(n, n + 20));
                if (n == events.size() / 2) {
                    stack.part(LocalStack.POSTGRES).kill();
                }
            }
            restart(LocalStack.POSTGRES);
            client.ledger().awaitEvents(titles.size()).assertTitles(titles);
        }
    }

    @Test
    void aServiceWithoutItsDatabaseSaysSoAndRecovers() {
        stack.part(LocalStack.POSTGRES).kill();
        await("not ready").until(() -> stack.replica(1).get("/health/ready").status() == 503);
        assertThat(stack.replica(1).get("/health/live").status()).isEqualTo(200);
        restart(LocalStack.POSTGRES);
        await("ready again").until(() -> stack.replica(1).get("/health/ready").status() == 200);
    }

    private void restart(String part) {
        stack.part(part).start();
        stack.part(part).awaitReady();
    }
}
