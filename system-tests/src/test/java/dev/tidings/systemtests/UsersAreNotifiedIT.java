package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.local.supervision.Part;
import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-TK-2, R-OR-4, R-WS-13: reminders and order messages become notifications, on every screen and in the list. */
@OnRunningStack
class UsersAreNotifiedIT {

    private final Stack stack;
    private final String user = Users.named("user");
    private final String token;

    UsersAreNotifiedIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(user);
    }

    @Test
    void aReminderComesThoughTheWorkerWasAwayWhenTheTaskWasDue() {
        Part worker = stack.part("notification-service");
        try (SocketClient socket = stack.replica(1).connect(token)) {
            Instant dueAt = Instant.now().plus(2, ChronoUnit.SECONDS);
            stack.tasks().post(token, "{\"title\": \"Call\", \"due_at\": \"%s\"}".formatted(dueAt));
            await("the worker knows when")
                    .until(() -> stack.database()
                                    .number(
                                            "SELECT count(*) FROM reminder JOIN task USING (task_id) WHERE user_id = ?",
                                            user)
                            == 1);
            worker.kill();
            await("the task is due").until(() -> Instant.now().isAfter(dueAt));
            worker.start();

            Message message = notification(socket, "reminder");
            assertThat(message.event().path("message").asString()).isEqualTo("Due: Call");
            assertThat(stack.database().number("SELECT count(*) FROM notification WHERE user_id = ?", user))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatBecomesOfAnOrderIsANotificationThatIsReadOnAllScreens() {
        String admin = stack.tokens().of(Users.named("admin"), Role.ADMIN);
        try (SocketClient phone = stack.replica(1).connect(token);
                SocketClient laptop = stack.replica(2).connect(token)) {
            String order = stack.orders().create(token);
            stack.orders().moveTo("shipped", order, admin);

            for (SocketClient socket : new SocketClient[] {phone, laptop}) {
                await("that it was received and shipped")
                        .until(() -> socket.ledger().messages("notification").size() == 2);
            }
            Message shipped = phone.ledger().messages("notification").stream()
                    .filter(message ->
                            message.event().path("message").asString().equals("Your order has been shipped"))
                    .findFirst()
                    .orElseThrow();
            assertThat(shipped.event().path("type").asString()).isEqualTo("order");
            assertThat(shipped.event().path("subjectId").asString()).isEqualTo(order);
            String id = shipped.event().path("id").asString();
            assertThat(unread()).hasSize(2).contains(id);

            Http.Answer read =
                    Http.call("POST", stack.backend().resolve("/api/v1/notifications/" + id + "/read"), token, "");
            assertThat(read.status()).isEqualTo(200);
            for (SocketClient socket : new SocketClient[] {phone, laptop}) {
                Message answer = socket.ledger().awaitMessage("notification_read");
                assertThat(answer.event().path("id").asString()).isEqualTo(id);
                socket.ledger().assertEachOnce();
            }
            assertThat(unread()).hasSize(1).doesNotContain(id);
        }
    }

    private List<String> unread() {
        JsonNode page = Http.get(stack.backend().resolve("/api/v1/notifications?unread=true"), token)
                .json();
        List<String> ids = page.path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
        assertThat(page.path("unreadCount").asInt()).isEqualTo(ids.size());
        return ids;
    }

    private static Message notification(SocketClient socket, String type) {
        return socket.ledger()
                .awaitMessage(
                        "a notification of type " + type,
                        message -> message.type().equals("notification")
                                && message.event().path("type").asString().equals(type));
    }
}
