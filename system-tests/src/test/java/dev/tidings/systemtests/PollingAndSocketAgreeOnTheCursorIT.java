package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-EV-2 and docs/protocol.md: one cursor for both; switching between them neither loses nor repeats. */
@OnRunningStack
class PollingAndSocketAgreeOnTheCursorIT {

    private final Stack stack;
    private final String user = Users.named("polling");
    private final String token;

    PollingAndSocketAgreeOnTheCursorIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(user);
    }

    @Test
    void switchingBetweenSocketAndPollingNeitherLosesNorRepeats() {
        List<String> expected = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        String cursor = poll("").path("cursor").asString();
        for (int round = 0; round < 4; round++) {
            expected.addAll(publish(5, "round %d socket ".formatted(round)));
            try (SocketClient socket = stack.replica(1 + round % 2).connect(token, cursor)) {
                socket.ledger().awaitEvents(5);
                seen.addAll(socket.ledger().titles());
                cursor = socket.ledger().cursor();
            }
            expected.addAll(publish(5, "round %d poll ".formatted(round)));
            awaitLogged(expected.size());
            JsonNode page = poll("cursor=" + cursor);
            seen.addAll(titles(page));
            cursor = page.path("cursor").asString();
        }
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void withoutAnythingItAnswersTheTailAndNoEvents() {
        publish(3, "past ");
        awaitLogged(3);
        JsonNode answer = poll("");
        assertThat(answer.path("events")).isEmpty();
        assertThat(answer.path("hasMore").asBoolean()).isFalse();
        assertThat(answer.path("pollAfterMs").asInt()).isEqualTo(30_000);
        assertThat(poll("cursor=" + answer.path("cursor").asString()).path("events"))
                .isEmpty();
    }

    @Test
    void aFirstCallByTimeAnswersAtMostAHundredTheOldestFirstAndSaysThatThereAreMore() {
        long before = System.currentTimeMillis() - 60_000;
        List<String> all = publish(250, "event ");
        awaitLogged(250);

        List<String> seen = new ArrayList<>();
        JsonNode page = poll("since=" + before);
        while (true) {
            assertThat(page.path("events").size()).isLessThanOrEqualTo(100);
            seen.addAll(titles(page));
            if (!page.path("hasMore").asBoolean()) {
                break;
            }
            page = poll("cursor=" + page.path("cursor").asString());
        }
        assertThat(seen).isEqualTo(all);
        assertThat(poll("since=" + (System.currentTimeMillis() + 60_000)).path("events"))
                .isEmpty();
    }

    @Test
    void theMessagesAreTheSameAsOnTheSocket() {
        String cursor = poll("").path("cursor").asString();
        try (SocketClient socket = stack.replica(1).connect(token)) {
            stack.tasks().create(token, "twice seen");
            JsonNode pushed = socket.ledger().awaitTitle("twice seen").json();
            assertThat(poll("cursor=" + cursor).path("events").path(0)).isEqualTo(pushed);
        }
    }

    @Test
    void nobodyPollsForAnotherUser() {
        publish(2, "private ");
        awaitLogged(2);
        String other = stack.tokens().of(Users.named("curious"));
        String query = "since=0&user_id=%s&userId=%s".formatted(user, user);
        assertThat(stack.replica(1).poll(other, query).json().path("events")).isEmpty();
    }

    @Test
    void aQueryThatMakesNoSenseIsAProblemDetail() {
        var answer = stack.replica(1).poll(token, "since=yesterday");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    private JsonNode poll(String query) {
        return stack.replica(1).poll(token, query).json();
    }

    private static List<String> titles(JsonNode page) {
        return page.path("events")
                .valueStream()
                .map(event -> event.path("event").path("title").asString())
                .toList();
    }

    private List<String> publish(int count, String prefix) {
        return stack.publisher().publishTasks(user, count, prefix);
    }

    private void awaitLogged(long rows) {
        stack.database().awaitLogged(user, rows);
    }
}
