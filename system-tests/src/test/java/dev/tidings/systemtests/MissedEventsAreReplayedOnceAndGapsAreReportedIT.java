package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R-EV-3. */
@OnRunningStack
class MissedEventsAreReplayedOnceAndGapsAreReportedIT {

    private final Stack stack;
    private final String user = Users.named("resume");
    private final String token;

    MissedEventsAreReplayedOnceAndGapsAreReportedIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(user);
    }

    @Test
    void aReconnectOnTheOtherReplicaGetsWhatWasMissedBeforeAnythingLive() {
        String cursor = seen("seen");
        List<String> missed = publish(300, "missed ");

        try (SocketClient socket = stack.replica(2).connect(token, cursor)) {
            stack.tasks().create(token, "live");
            socket.ledger().awaitTitle("live");
            assertThat(socket.ledger().titles().subList(0, missed.size())).isEqualTo(missed);
            assertThat(socket.ledger().events()).hasSize(missed.size() + 1);
            assertThat(socket.ledger().messages().getFirst().type()).isEqualTo("connected");
        }
    }

    @Test
    void theCursorOfEveryMessageResumesRightAfterIt() {
        List<String> titles = List.of("one", "two", "three");
        List<Message> events;
        try (SocketClient socket = stack.replica(1).connect(token)) {
            titles.forEach(title -> stack.tasks().create(token, title));
            events = List.copyOf(socket.ledger().awaitEvents(3).events());
        }
        for (int n = 0; n < titles.size(); n++) {
            try (SocketClient socket =
                    stack.replica(1).connect(token, events.get(n).cursor())) {
                List<String> rest = titles.subList(n + 1, titles.size());
                socket.ledger().awaitEvents(rest.size()).assertTitles(rest);
            }
        }
    }

    @Test
    void aConnectionWithoutACursorStartsNow() {
        seen("past");
        try (SocketClient socket = stack.replica(1).connect(token)) {
            stack.tasks().create(token, "now");
            socket.ledger().awaitTitle("now");
            socket.ledger().assertTitles(List.of("now"));
        }
    }

    @Test
    void ifAllThatWasMissedIsGoneTheGapSaysHowManyAndOfWhichTypes() {
        String cursor = seen("seen");
        publish(7, "lost ");
        awaitLogged(8);
        stack.database().forgetLogOf(user);

        try (SocketClient socket = stack.replica(1).connect(token, cursor)) {
            Message gap = socket.ledger().awaitMessage("gap");
            assertThat(gap.number("count")).isEqualTo(7);
            assertThat(gap.number("to") - gap.number("from") + 1).isEqualTo(7);
            assertThat(gap.json().path("types").path("task.created").asInt()).isEqualTo(7);
            stack.tasks().create(token, "after");
            socket.ledger().awaitTitle("after");
            socket.ledger().assertTitles(List.of("after"));
            assertThat(socket.ledger().messages("gap"))
                    .as("a gap is reported once")
                    .hasSize(1);
        }
    }

    @Test
    void ifTheBeginningIsGoneTheRestFollowsTheGapOnTheSocketAndWhenPolling() {
        String cursor = seen("seen");
        publish(4, "lost ");
        awaitLogged(5);
        stack.database().forgetLogOf(user);
        List<String> kept = publish(3, "kept ");
        awaitLogged(3);

        try (SocketClient socket = stack.replica(2).connect(token, cursor)) {
            socket.ledger().awaitEvents(3).assertTitles(kept);
            assertThat(socket.ledger().messages())
                    .extracting(Message::type)
                    .containsExactly("connected", "gap", "task_update", "task_update", "task_update");
            assertThat(socket.ledger().awaitMessage("gap").number("count")).isEqualTo(4);
        }
        Http.Answer polled = stack.replica(1).poll(token, "cursor=" + cursor);
        assertThat(polled.json().path("gap").toString()).contains("\"count\":4");
        assertThat(polled.json().path("events").valueStream())
                .extracting(event -> event.path("event").path("title").asString())
                .isEqualTo(kept);
    }

    /** Creates a task and returns the cursor right after its event. */
    private String seen(String title) {
        try (SocketClient socket = stack.replica(1).connect(token)) {
            stack.tasks().create(token, title);
            return socket.ledger().awaitTitle(title).cursor();
        }
    }

    private List<String> publish(int count, String prefix) {
        return stack.publisher().publishTasks(user, count, prefix);
    }

    private void awaitLogged(long rows) {
        stack.database().awaitLogged(user, rows);
    }
}
