package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.ForeignApp;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-DP-2: the services in {@code examples}, in Python and in Node, publish to screens and listen to the bus. */
@OnRunningStack
class ServicesInOtherLanguagesTakePartIT {

    private final Stack stack;
    private final String user = Users.named("reader");

    ServicesInOtherLanguagesTakePartIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void whatThePythonServicePublishesReachesTheUsersSockets() {
        String token = stack.tokens().of(user);
        try (SocketClient here = stack.replica(1).connect(token);
                SocketClient there = stack.replica(2).connect(token)) {
            Http.Answer answer = announce(user, "Opening hours");

            assertThat(answer.status()).as(answer.body()).isEqualTo(202);
            for (SocketClient socket : new SocketClient[] {here, there}) {
                Message message = socket.ledger().awaitMessage("notification");
                assertThat(message.id()).isEqualTo(answer.json().path("id").asString());
                assertThat(message.text("source")).isEqualTo("announcements");
                assertThat(message.event().path("title").asString()).isEqualTo("Opening hours");
            }
        }
    }

    @Test
    void thePythonServiceTellsWhatIsWrong() {
        Http.Answer answer = announce("", "To nobody");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asString()).contains("userId");
    }

    @Test
    void theNodeServiceHearsOfAPurchaseOnce() {
        String first = UUID.randomUUID().toString();
        String second = UUID.randomUUID().toString();
        try (ForeignApp purchaseWorker = stack.startSidecarOf("purchase-worker")) {
            BusEvent event = purchase(first);
            purchaseWorker.publisher().publish(event);
            purchaseWorker.publisher().publish(event);
            purchaseWorker.publisher().publish(purchase(second));

            await("the purchases at the Node service").until(() -> heard(first) > 0 && heard(second) > 0);
            assertThat(heard(first)).as("the bus delivers at least once").isEqualTo(1);
        }
    }

    @Test
    void theNodeServiceTakesEventsFromItsSidecarOnly() {
        HttpRequest forged = HttpRequest.newBuilder(
                        stack.example("purchase-feed").resolve("/events"))
                .POST(BodyPublishers.ofString(purchase("forged").data().toString()))
                .build();

        assertThat(Http.send(forged).status()).isEqualTo(401);
    }

    private Http.Answer announce(String userId, String title) {
        URI announcements = stack.example("announcements").resolve("/announcements");
        String body = "{\"userId\":\"%s\",\"title\":\"%s\",\"message\":\"From nine to five\"}".formatted(userId, title);
        return Http.send(HttpRequest.newBuilder(announcements)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private BusEvent purchase(String purchaseId) {
        return BusEvent.business("PURCHASE_CREATED", user)
                .onTopic("purchase-created")
                .withSource("purchase-worker")
                .with("correlationId", purchaseId)
                .with("purchaseId", purchaseId)
                .with("studentId", user)
                .with("courseId", "course-java");
    }

    private long heard(String purchaseId) {
        JsonNode purchases =
                Http.get(stack.example("purchase-feed").resolve("/purchases")).json();
        return purchases
                .path("items")
                .valueStream()
                .filter(purchase -> purchase.path("purchaseId").asString().equals(purchaseId))
                .count();
    }
}
