package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Publisher;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** docs/architecture.md#ingest: a rejected event does not delay the others of its batch, and an operator can see it with its reason. */
@OnRunningStack
class RejectedEventsAreQuarantinedIT {

    private final Stack stack;
    private final Publisher publisher;
    private final String user = Users.named("rejected");
    private final String token;

    RejectedEventsAreQuarantinedIT(Stack stack) {
        this.stack = stack;
        this.publisher = stack.publisher();
        this.token = stack.tokens().of(user);
    }

    @Test
    void badEventsInABatchAreQuarantinedWithTheirReasonAndTheGoodOnesDelivered() {
        List<BusEvent> bad = List.of(
                task("nul").with("title", "a\u0000b"),
                task("huge").with("description", "x".repeat(700_000)),
                tooDeep(),
                task("nobody").with("user_id", ""),
                task("numberless").with("user_id", "x".repeat(129)),
                task("id with a NUL").withId("id\u0000" + UUID.randomUUID()),
                task("long id").withId("x".repeat(5_000)));
        List<BusEvent> batch = new ArrayList<>();
        List<String> good = new ArrayList<>();
        for (int n = 0; n < bad.size(); n++) {
            good.add("good " + n);
            batch.add(BusEvent.task(user, "good " + n));
            batch.add(bad.get(n));
        }
        good.add("last");
        batch.add(BusEvent.task(user, "last"));

        try (SocketClient socket = stack.replica(1).connect(token)) {
            publisher.publishAll(batch);
            socket.ledger().awaitTitle("last");
            socket.ledger().assertTitles(good);
        }
        for (BusEvent event : bad.subList(0, 5)) {
            JsonNode rejected = stack.rejected().await(event.id());
            assertThat(rejected.path("reason").asString()).isNotEmpty();
            assertThat(rejected.path("topic").asString()).isEqualTo("task-updates");
        }
    }

    @Test
    void whatIsNoEventOfTheContractIsQuarantinedToo() {
        try (SocketClient socket = stack.replica(2).connect(token)) {
            for (String body : List.of("\"a text\"", "[1,2,3]", "{}", "{\"user_id\":{\"deep\":1}}", "42", "null")) {
                assertThat(publisher
                                .publishRaw("task-updates", user, "application/json", body)
                                .status())
                        .isEqualTo(204);
            }
            assertThat(publisher
                            .publishRaw("task-updates", user, "text/plain", "no JSON")
                            .status())
                    .isEqualTo(204);
            publisher.publish(BusEvent.task(user, "good"));
            socket.ledger().awaitTitle("good");
            socket.ledger().assertTitles(List.of("good"));
        }
    }

    /** R-RL-3: the event has some KB on the wire, and more than 100 MB with all digits written out. */
    @Test
    void eventsThatAreSmallOnTheWireAndHugeInsideBlockNobody() {
        String start;
        try (SocketClient socket = stack.replica(1).connect(token)) {
            start = socket.ledger().awaitMessage("connected").cursor();
            for (String number : List.of("1e131000", "-1E131000", "1e-131000", "1e99999999999", "1e2147483647")) {
                String numbers = String.join(",", Collections.nCopies(1_000, number));
                // Dapr may reject it as well. What it accepts must harm nobody.
                publisher.publishRaw(
                        "task-updates",
                        user,
                        "application/json",
                        "{\"event_type\":\"task.created\",\"user_id\":\"%s\",\"x\":[%s]}".formatted(user, numbers));
            }
            publisher.publish(BusEvent.task(user, "good"));
            socket.ledger().awaitTitle("good");
        }
        try (SocketClient resumed = stack.replica(2).connect(token, start)) {
            resumed.ledger().awaitTitle("good");
            resumed.ledger().assertTitles(List.of("good"));
        }
        Http.Answer polled = stack.replica(1).poll(token, "cursor=" + start);
        assertThat(polled.status()).isEqualTo(200);
        assertThat(polled.body()).hasSizeLessThan(10_000);
    }

    @Test
    void onlyOperatorsSeeWhatWasQuarantined() {
        assertThat(stack.rejected().list(token).status()).isEqualTo(403);
        assertThat(stack.rejected().list("nonsense").status()).isEqualTo(401);
        for (Role role : List.of(Role.OPERATOR, Role.ADMIN)) {
            Http.Answer answer = stack.rejected().list(stack.tokens().of(Users.named("op"), role));
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    private BusEvent task(String title) {
        return BusEvent.task(user, title);
    }

    private BusEvent tooDeep() {
        BusEvent event = task("deep");
        ObjectNode innermost = event.data();
        for (int depth = 0; depth < 400; depth++) {
            innermost = innermost.putObject("d");
        }
        return event;
    }
}
