package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import org.junit.jupiter.api.Test;

/** R-WS-13, R-WS-14: ids in the event are its address; a role beside them is not. */
@OnRunningStack
class EventsGoWhereTheirIdsSayIT {

    private final Stack stack;
    private final String student = Users.named("student");
    private final String trainer = Users.named("trainer");
    private final String bystander = Users.named("trainer-too");

    EventsGoWhereTheirIdsSayIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void sessionCompletedReachesTrainerAndStudentWhateverItsRoleSaysAndNobodyElseOfThatRole() {
        try (SocketClient ofStudent = connect(1, student, Role.STUDENT);
                SocketClient ofTrainer = connect(2, trainer, Role.TRAINER);
                SocketClient ofBystander = connect(1, bystander, Role.TRAINER)) {
            BusEvent completed = BusEvent.business("SESSION_COMPLETED", student)
                    .with("userId", trainer)
                    .with("role", "trainer")
                    .with("sessionId", "session-1")
                    .with("trainerId", trainer)
                    .with("studentId", student);
            stack.publisher().publish(completed);

            for (SocketClient socket : new SocketClient[] {ofStudent, ofTrainer}) {
                Message message = socket.ledger().awaitMessage("business-event");
                assertThat(message.id()).isEqualTo(completed.id());
                assertThat(message.event().path("type").asString()).isEqualTo("SESSION_COMPLETED");
            }
            stack.tasks().create(stack.tokens().of(bystander), "fence");
            ofBystander.ledger().awaitTitle("fence");
            assertThat(ofBystander.ledger().events()).hasSize(1);
            ofTrainer.ledger().assertEachOnce();
        }
    }

    @Test
    void anEventThatNamesTheSameUserSeveralTimesComesOnce() {
        try (SocketClient socket = connect(2, student, Role.STUDENT)) {
            stack.publisher()
                    .publish(BusEvent.business("SESSION_COMPLETED", student)
                            .with("userId", student)
                            .with("studentId", student)
                            .with("trainerId", student));
            stack.tasks().create(stack.tokens().of(student), "fence");
            socket.ledger().awaitTitle("fence");
            socket.ledger().awaitEvents(2);
            assertThat(stack.database().logged(student)).isEqualTo(2);
        }
    }

    @Test
    void anEventThatNamesNobodyIsQuarantined() {
        BusEvent lost = BusEvent.business("SESSION_COMPLETED", "nobody").with("role", "student");
        stack.publisher().publish(lost);
        assertThat(stack.rejected().await(lost.id()).path("reason").asString()).isNotEmpty();
    }

    private SocketClient connect(int replica, String user, Role role) {
        return stack.replica(replica).connect(stack.tokens().of(user, role));
    }
}
