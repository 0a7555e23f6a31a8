package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.local.topology.LocalStack;
import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-EV-5. */
@OnRunningStack
class OperatorsCanAskWhyAScreenDidNotUpdateIT {

    private final Stack stack;
    private final String user = Users.named("curious");
    private final String token;
    private final String operator;

    OperatorsCanAskWhyAScreenDidNotUpdateIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(user);
        this.operator = stack.tokens().of("op", Role.OPERATOR);
    }

    @AfterEach
    void allIsWellAgain() {
        stack.awaitHealthy();
    }

    @Test
    void theJourneyGoesFromTheCommitToEveryConnectionOnEveryReplica() {
        try (SocketClient one = stack.replica(1).connect(token);
                SocketClient two = stack.replica(2).connect(token)) {
            stack.tasks().create(token, "seen twice");
            Message message = one.ledger().awaitTitle("seen twice");
            two.ledger().awaitTitle("seen twice");
            two.send("{\"type\":\"ping\",\"cursor\":\"%s\"}".formatted(message.cursor()));

            await("a complete journey").untilAsserted(() -> {
                JsonNode journey = ofEvent(message.id());
                assertThat(journey.path("stoppedAt").isNull())
                        .as(journey.toString())
                        .isTrue();
                assertThat(stages(journey))
                        .startsWith("committed", "published", "consumed")
                        .contains("logged", "pushed", "acknowledged");
                String first = stack.replica(1).part().name();
                String second = stack.replica(2).part().name();
                assertThat(by(journey, "pushed")).containsExactlyInAnyOrder(first, second);
                assertThat(by(journey, "acknowledged")).containsExactly(second);
                assertThat(journey.path("steps")
                                .valueStream()
                                .filter(step -> List.of("pushed", "acknowledged")
                                        .contains(step.path("stage").asString())))
                        .as(journey.toString())
                        .allMatch(step -> step.path("at").isString());
            });
        }
    }

    @Test
    void aConnectionThatWasGoneBeforeTheCommitHasNoPartInTheJourney() {
        stack.replica(1).connect(token).close();
        await("the end of the connection").until(() -> stack.replica(1).connectionsOf(user) == 0);
        stack.tasks().create(token, "after the last one");

        await("the event in the log")
                .untilAsserted(() -> assertThat(ofUser().path("events")).hasSize(1));
        String event = ofUser().path("events").path(0).path("eventId").asString();
        awaitStoppedAt("pushed", event);
        assertThat(by(ofEvent(event), "pushed")).isEmpty();
    }

    @Test
    void whatNobodyWasThereForWaitsInTheLogAndTheUserIsSeenToBeAway() {
        stack.tasks().create(token, "nobody looks");

        await("the event in the log").untilAsserted(() -> {
            JsonNode journey = ofUser();
            assertThat(journey.path("verdict").asString()).startsWith("No open connection");
            assertThat(journey.path("events")).hasSize(1);
        });
        awaitStoppedAt("pushed", ofUser().path("events").path(0).path("eventId").asString());
    }

    /** The relay marks an event as published after it was delivered, at times. */
    private void awaitStoppedAt(String stage, String event) {
        await("the end of the journey")
                .untilAsserted(() ->
                        assertThat(ofEvent(event).path("stoppedAt").asString()).isEqualTo(stage));
    }

    @Test
    void whatTheBusDoesNotHaveIsFoundInTheOutbox() {
        stack.sidecarOf(LocalStack.BACKEND).kill();
        stack.tasks().create(token, "held back");

        String event = stack.database()
                .rows("SELECT id::text FROM backend.outbox WHERE key = ?", user)
                .getFirst();
        JsonNode journey = ofEvent(event);
        assertThat(journey.path("stoppedAt").asString()).isEqualTo("published");
        assertThat(stages(journey)).startsWith("committed");
        JsonNode waiting = ofUser().path("waiting");
        assertThat(waiting).hasSize(1);
        assertThat(waiting.path(0).path("eventId").asString()).isEqualTo(event);
        stack.sidecarOf(LocalStack.BACKEND).start();

        await("the event published")
                .untilAsserted(() -> assertThat(ofUser().path("waiting")).isEmpty());
    }

    @Test
    void anUnknownEventIsNotFoundAndOthersMayNotAsk() {
        String path = "/api/v1/admin/journeys/events/" + UUID.randomUUID();
        assertThat(Http.get(stack.backend().resolve(path), operator).status()).isEqualTo(404);
        assertThat(Http.get(stack.backend().resolve(path), token).status()).isEqualTo(403);
        assertThat(Http.get(stack.backend().resolve("/api/v1/admin/journeys/users/" + user), token)
                        .status())
                .isEqualTo(403);
    }

    private JsonNode ofEvent(String id) {
        return ask("events/" + id);
    }

    private JsonNode ofUser() {
        return ask("users/" + user);
    }

    private JsonNode ask(String path) {
        return Http.get(stack.backend().resolve("/api/v1/admin/journeys/" + path), operator)
                .json();
    }

    private static List<String> by(JsonNode journey, String stage) {
        return journey.path("steps")
                .valueStream()
                .filter(step -> step.path("stage").asString().equals(stage))
                .map(step -> step.path("by").asString())
                .toList();
    }

    private static List<String> stages(JsonNode journey) {
        return journey.path("steps")
                .valueStream()
                .map(step -> step.path("stage").asString())
                .toList();
    }
}
