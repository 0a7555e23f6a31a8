package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tutoring;
import dev.tidings.systemtests.stack.Users;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-PF-3: where no trainer is free a purchase waits, is seen to wait, and is allocated as soon as one is; nobody is booked twice. */
@OnRunningStack
class StudentsWaitForAFreeTrainerIT {

    private static final int TIER = 10;
    private static final int RIVALS = 50;

    private final Stack stack;
    private final Tutoring tutoring;
    private final String course;

    StudentsWaitForAFreeTrainerIT(Stack stack) {
        this.stack = stack;
        this.tutoring = stack.tutoring();
        this.course = tutoring.newCourse();
    }

    @Test
    void aPurchaseWithoutATrainerWaitsAndIsAllocatedWhenOneComes() {
        String student = Users.named("student");
        try (SocketClient page = stack.replica(1).connect(tutoring.studentToken(student))) {
            String payment = tutoring.buy(student, course, TIER);
            await("it waits").until(() -> waiting(student));
            JsonNode shown =
                    tutoring.learning(student, true).path("activeCourses").path(0);
            assertThat(shown.path("trainer").isNull()).isTrue();
            assertThat(shown.path("allocation").path("status").asString()).isEqualTo("waiting");
            await("waiting is no failure: the event is processed")
                    .until(() -> stack.database()
                                    .number(
                                            "SELECT count(*) FROM processed_events WHERE correlation_id::text = ?"
                                                    + " AND source = 'allocation-worker'",
                                            payment)
                            == 1);

            tutoring.addTrainers(course, 1);

            page.ledger()
                    .awaitMessage(
                            "sessions",
                            message -> message.event().path("type").asString("").equals("SESSIONS_GENERATED"));
            assertThat(tutoring.home(student, true).path("upcomingSessions").size())
                    .isEqualTo(TIER);
            assertThat(waiting(student)).isFalse();
            tutoring.awaitComplete(payment, TIER);
        }
    }

    @Test
    void ofManyStudentsWhoWantTheLastFreeTrainerOneGetsIt() throws Exception {
        String trainer = tutoring.addTrainers(course, 1).getFirst();
        try (ExecutorService students = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> payments = IntStream.range(0, RIVALS)
                    .mapToObj(_ -> students.submit(() -> tutoring.buy(Users.named("rival"), course, TIER)))
                    .toList();
            for (Future<String> payment : payments) {
                String id = payment.get();
                await("an allocation or an entry of the queue").until(() -> tutoring.allocations(id) == 1);
            }
        }

        assertThat(stack.database()
                        .rows(
                                "SELECT status, count(*) FROM trainer_allocations WHERE course_id = ? GROUP BY status ORDER BY status",
                                course))
                .containsExactly("approved 1", "waiting " + (RIVALS - 1));
        await("the sessions of the one who got the trainer")
                .untilAsserted(() -> assertThat(stack.database()
                                .rows(
                                        "SELECT count(*), count(DISTINCT starts_at) FROM tutoring_sessions WHERE trainer_id = ?",
                                        trainer))
                        .containsExactly(TIER + " " + TIER));
    }

    private boolean waiting(String student) {
        return tutoring.waiting()
                .valueStream()
                .anyMatch(allocation -> allocation.path("studentId").asString().equals(student));
    }
}
