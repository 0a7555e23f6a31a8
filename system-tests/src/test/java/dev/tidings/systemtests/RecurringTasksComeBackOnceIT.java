package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.local.supervision.Part;
import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-TK-2: completing a recurring task creates its next occurrence, once, and the screen shows it. */
@OnRunningStack
class RecurringTasksComeBackOnceIT {

    private final Stack stack;
    private final String user = Users.named("user");
    private final String token;

    RecurringTasksComeBackOnceIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(user);
    }

    @Test
    void theNextTaskOfASeriesAppearsByItself() {
        try (SocketClient socket = stack.replica(1).connect(token)) {
            String first = create("2027-01-31T09:00:00+01:00", "monthly");
            stack.tasks().complete(token, first);
            String second = awaitTask(socket, "2027-02-28T08:00:00.000Z");
            stack.tasks().complete(token, second);
            awaitTask(socket, "2027-03-31T08:00:00.000Z");

            assertThat(stack.tasks().titles(token)).hasSize(3);
            assertThat(stack.database().number("SELECT count(*) FROM task WHERE previous_task_id = ?::uuid", first))
                    .isEqualTo(1);
        }
    }

    @Test
    void aTaskCompletedWhileTheWorkerWasAwayComesBackOnceWhenItReturns() {
        Part worker = stack.part("recurring-task-service");
        try (SocketClient socket = stack.replica(2).connect(token)) {
            worker.kill();
            String first = create("2027-05-01T08:00:00Z", "weekly");
            stack.tasks().complete(token, first);
            stack.tasks().complete(token, first);
            worker.start();

            awaitTask(socket, "2027-05-08T08:00:00.000Z");
            worker.kill();
            worker.start();
            String fence = create("2027-06-01T08:00:00Z", "daily");
            stack.tasks().complete(token, fence);
            awaitTask(socket, "2027-06-02T08:00:00.000Z");
            assertThat(stack.database().number("SELECT count(*) FROM task WHERE previous_task_id = ?::uuid", first))
                    .isEqualTo(1);
            socket.ledger().assertEachOnce();
        }
    }

    private String create(String dueAt, String recurrence) {
        JsonNode task = stack.tasks()
                .post(
                        token,
                        "{\"title\": \"Water the plants\", \"due_at\": \"%s\", \"recurrence\": \"%s\"}"
                                .formatted(dueAt, recurrence))
                .json();
        return task.path("task_id").asString();
    }

    /** Waits until the socket received a new task that is due then. */
    private static String awaitTask(SocketClient socket, String dueAt) {
        Message created = socket.ledger()
                .awaitMessage(
                        "a task due " + dueAt,
                        message -> message.type().equals("task_update")
                                && message.event().path("event_type").asString().equals("task.created")
                                && message.event().path("due_at").asString("").equals(dueAt));
        return created.event().path("task_id").asString();
    }
}
