package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Replica;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** R-WS-1, R-WS-2, R-WS-4, R-WS-11, R-TK-1. */
@OnRunningStack
class EventsReachEveryConnectionOfTheirUserAndNobodyElseIT {

    private final Stack stack;
    private final String ada = Users.named("ada");
    private final String bob = Users.named("bob");
    private final String adasToken;
    private final String bobsToken;

    EventsReachEveryConnectionOfTheirUserAndNobodyElseIT(Stack stack) {
        this.stack = stack;
        this.adasToken = stack.tokens().of(ada);
        this.bobsToken = stack.tokens().of(bob);
    }

    @Test
    void aTaskReachesAllTabsOfItsOwnerOnBothReplicasAndNobodyElse() {
        List<SocketClient> adas = new ArrayList<>();
        List<SocketClient> bobs = new ArrayList<>();
        try {
            for (Replica replica : stack.replicas()) {
                adas.add(replica.connect(adasToken));
                adas.add(replica.connect(adasToken));
                bobs.add(replica.connect(bobsToken));
            }

            String taskId = stack.tasks().create(adasToken, "for Ada");
            adas.forEach(tab -> tab.ledger().awaitTitle("for Ada"));
            stack.tasks().create(bobsToken, "for Bob");
            bobs.forEach(tab -> tab.ledger().awaitTitle("for Bob"));
            stack.tasks().create(adasToken, "again for Ada");
            adas.forEach(tab -> tab.ledger().awaitTitle("again for Ada"));

            assertThat(adas).allSatisfy(tab -> tab.ledger().assertTitles(List.of("for Ada", "again for Ada")));
            assertThat(bobs).allSatisfy(tab -> tab.ledger().assertTitles(List.of("for Bob")));
            assertThat(adas.stream().map(tab -> tab.ledger().eventIds()).distinct())
                    .as("all tabs received the same events")
                    .hasSize(1);
            assertThat(adas.getFirst()
                            .ledger()
                            .events()
                            .getFirst()
                            .event()
                            .path("task_id")
                            .asString())
                    .isEqualTo(taskId);
        } finally {
            adas.forEach(SocketClient::close);
            bobs.forEach(SocketClient::close);
        }
    }

    @Test
    void theMessagesLookAsDocumented() {
        try (SocketClient socket = stack.replica(1).connect(adasToken)) {
            Message connected = socket.ledger().messages().getFirst();
            assertThat(connected.type()).isEqualTo("connected");
            assertThat(connected.text("message")).isEqualTo("WebSocket connected successfully");
            assertThat(connected.text("user_id")).isEqualTo(ada);
            assertThat(connected.text("timestamp")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(connected.cursor()).isNotEmpty();

            String taskId = stack.tasks().create(adasToken, "looks");
            Message update = socket.ledger().awaitTitle("looks");
            assertThat(update.type()).isEqualTo("task_update");
            assertThat(update.text("timestamp")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(update.id()).isNotEmpty();
            assertThat(update.cursor()).isNotEmpty().isNotEqualTo(connected.cursor());
            assertThat(update.event().path("event_type").asString()).isEqualTo("task.created");
            assertThat(update.event().path("user_id").asString()).isEqualTo(ada);
            assertThat(update.event().path("task_id").asString()).isEqualTo(taskId);
            assertThat(update.event().path("timestamp").asString())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        }
    }

    @Test
    void eachKindOfChangeIsToldInItsOrder() {
        try (SocketClient socket = stack.replica(2).connect(adasToken)) {
            String id = stack.tasks().create(adasToken, "first title");
            stack.tasks().patch(adasToken, id, "{\"title\":\"second title\"}");
            stack.tasks().complete(adasToken, id);
            stack.tasks().delete(adasToken, id);

            socket.ledger().awaitEvents(4);
            assertThat(socket.ledger().events())
                    .extracting(event -> event.event().path("event_type").asString())
                    .containsExactly("task.created", "task.updated", "task.completed", "task.deleted");
            assertThat(socket.ledger().events())
                    .extracting(event -> event.event().path("version").asInt())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aHundredTasksComeInTheOrderInWhichTheyWereMade() {
        try (SocketClient here = stack.replica(1).connect(adasToken);
                SocketClient there = stack.replica(2).connect(adasToken)) {
            List<String> titles =
                    IntStream.range(0, 100).mapToObj(n -> "task " + n).toList();
            titles.forEach(title -> stack.tasks().create(adasToken, title));

            here.ledger().awaitEvents(titles.size()).assertTitles(titles);
            there.ledger().awaitEvents(titles.size()).assertTitles(titles);
        }
    }

    @Test
    void aClosedConnectionIsForgottenAtOnceAndAHalfOpenOneByHeartbeat() {
        SocketClient closed = stack.replica(1).connect(adasToken);
        SocketClient silent = stack.replica(2).connect(adasToken);
        silent.stopReading(); // so it answers no ping either, as a phone without a network
        await("both are counted").until(() -> stack.replica(1).connectionsOf(ada) == 2);

        closed.close();
        await("the closed one is gone").until(() -> stack.replica(1).connectionsOf(ada) == 1);
        await("the silent one is gone").until(() -> stack.replica(1).connectionsOf(ada) == 0);
        silent.abort();
    }
}
