package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.Ledger;
import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tutoring;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/** R-PF-12, R-PF-13, R-PF-17, R-WS-13, R-WS-14: from a confirmed payment to sessions on open screens, without a reload. */
@OnRunningStack
@Isolated("measures how long something takes")
class APurchaseBecomesSessionsOnTheOpenScreenIT {

    private static final int TIER = 30;
    private static final List<String> SHOWN_TO_STUDENT =
            List.of("PURCHASE_CREATED", "COURSE_ACCESS_GRANTED", "TRAINER_ALLOCATED", "SESSIONS_GENERATED");

    private final Stack stack;
    private final Tutoring tutoring;
    private final String student = Users.named("student");
    private final String course;
    private final String trainer;

    APurchaseBecomesSessionsOnTheOpenScreenIT(Stack stack) {
        this.stack = stack;
        this.tutoring = stack.tutoring();
        this.course = tutoring.newCourse();
        this.trainer = tutoring.addTrainers(course, 1).getFirst();
    }

    @Test
    void aStudentWhoBuysThirtySessionsIsShownThem() {
        await("the screens are cached").until(() -> {
            assertThat(tutoring.home(student, false).path("upcomingSessions").size())
                    .isZero();
            assertThat(tutoring.learning(student, false).path("activeCourses").size())
                    .isZero();
            return isCached("home") && isCached("learning");
        });

        try (SocketClient page = studentsPage();
                SocketClient trainersPage = trainersPage()) {
            String payment = tutoring.buy(student, course, TIER);

            awaitTypes(page.ledger(), SHOWN_TO_STUDENT);
            // The page does the same when it receives the event.
            JsonNode sessions = tutoring.home(student, true).path("upcomingSessions");
            assertThat(sessions.size()).isEqualTo(TIER);
            assertThat(sessions.path(0).path("trainerId").asString()).isEqualTo(trainer);
            JsonNode learning =
                    tutoring.learning(student, true).path("activeCourses").path(0);
            assertThat(learning.path("courseId").asString()).isEqualTo(course);
            assertThat(learning.path("trainer").path("trainerId").asString()).isEqualTo(trainer);
            assertThat(learning.path("sessions").size()).isEqualTo(TIER);

            awaitTypes(trainersPage.ledger(), List.of("TRAINER_ALLOCATED", "SESSIONS_GENERATED"));
            tutoring.awaitComplete(payment, TIER);
            assertTables(payment);
            assertThat(isCached("home") || isCached("learning"))
                    .as("the cache keys are gone")
                    .isFalse();
            assertThat(tutoring.home(student, false).path("upcomingSessions").size())
                    .isEqualTo(TIER);

            assertThat(types(page.ledger())).containsExactlyInAnyOrderElementsOf(SHOWN_TO_STUDENT);
            assertThat(page.ledger().events()).allSatisfy(message -> {
                assertThat(message.type()).isEqualTo("business-event");
                assertThat(message.event().path("studentId").asString()).isEqualTo(student);
                assertThat(message.event().path("correlationId").asString()).isEqualTo(payment);
            });
        }
    }

    @Test
    void aPurchaseIsDoneWithinTwoSecondsOfItsConfirmation() {
        Promptness.assertWithin(
                Duration.ofSeconds(2), 5, "a purchase", () -> fromConfirmationToScreen(Users.named("student")));
    }

    private Duration fromConfirmationToScreen(String buyer) {
        tutoring.addTrainers(course, 1);
        tutoring.home(buyer, false);
        tutoring.learning(buyer, false);
        String payment = tutoring.pay(buyer, course, TIER, "16:00");
        try (SocketClient page = stack.replica(1).connect(tutoring.studentToken(buyer))) {
            long confirmed = System.nanoTime();
            tutoring.confirm(buyer, payment);
            awaitTypes(page.ledger(), SHOWN_TO_STUDENT);
            tutoring.awaitComplete(payment, TIER);
            assertThat(tutoring.home(buyer, true).path("upcomingSessions").size())
                    .isEqualTo(TIER);
            return Duration.ofNanos(System.nanoTime() - confirmed);
        }
    }

    @Test
    void confirmingAgainChangesNothing() {
        String payment = tutoring.buy(student, course, 10);
        tutoring.awaitComplete(payment, 10);

        tutoring.confirm(student, payment);
        tutoring.confirm(student, payment);

        assertThat(stack.database()
                        .number("SELECT count(*) FROM outbox WHERE type = 'PURCHASE_CONFIRMED' AND key = ?", student))
                .isEqualTo(1);
        assertThat(tutoring.purchases(payment)).isEqualTo(1);
    }

    @Test
    void aCompletedSessionIsShownToItsStudentAndItsTrainer() {
        tutoring.awaitComplete(tutoring.buy(student, course, 10), 10);
        String session = tutoring.home(student, true)
                .path("upcomingSessions")
                .path(0)
                .path("sessionId")
                .asString();
        tutoring.home(student, false);

        try (SocketClient page = studentsPage();
                SocketClient trainersPage = trainersPage();
                SocketClient otherStudent =
                        stack.replica(1).connect(stack.tokens().of(Users.named("else"), Role.TRAINER))) {
            tutoring.complete(trainer, session);

            for (SocketClient open : List.of(page, trainersPage)) {
                awaitTypes(open.ledger(), List.of("SESSION_COMPLETED"));
                // The last events of the purchase may arrive after the connection was opened.
                JsonNode event = open.ledger().events().stream()
                        .map(Message::event)
                        .filter(one -> one.path("type").asString().equals("SESSION_COMPLETED"))
                        .findFirst()
                        .orElseThrow();
                assertThat(event.path("sessionId").asString()).isEqualTo(session);
                assertThat(event.path("studentId").asString()).isEqualTo(student);
                assertThat(event.path("trainerId").asString()).isEqualTo(trainer);
            }
            assertThat(tutoring.learning(student, true)
                            .path("activeCourses")
                            .path(0)
                            .path("sessions")
                            .path(0)
                            .path("status")
                            .asString())
                    .isEqualTo("completed");
            assertThat(tutoring.home(student, false)
                            .path("overview")
                            .path("completedSessions")
                            .asInt())
                    .as("also without force")
                    .isEqualTo(1);
            assertThat(otherStudent.ledger().events()).isEmpty();
        }
    }

    /** The statements that operators know (R-PF-17). */
    private void assertTables(String payment) {
        String ofStudent = " WHERE student_id = '%s' AND course_id = '%s'".formatted(student, course);
        assertThat(stack.database()
                        .rows("SELECT id, purchase_tier, created_at FROM student_course_purchases" + ofStudent
                                + " AND is_active = true"))
                .singleElement()
                .asString()
                .contains(" " + TIER + " ");
        assertThat(stack.database()
                        .rows("SELECT id, trainer_id, status, created_at FROM trainer_allocations" + ofStudent))
                .singleElement()
                .asString()
                .contains(trainer + " approved ");
        assertThat(stack.database()
                        .rows("SELECT COUNT(*), COUNT(DISTINCT scheduled_date) FROM tutoring_sessions" + ofStudent
                                + " AND status = 'scheduled'"))
                .containsExactly(TIER + " " + TIER);
        assertThat(stack.database().rows("SELECT status FROM payments WHERE id = '%s'".formatted(payment)))
                .containsExactly("succeeded");
        assertThat(stack.database()
                        .rows(("SELECT event_type, source FROM processed_events WHERE correlation_id = '%s'"
                                        + " ORDER BY processed_at")
                                .formatted(payment)))
                .containsExactlyInAnyOrder(
                        "PURCHASE_CONFIRMED purchase-worker",
                        "PURCHASE_CREATED allocation-worker",
                        "PURCHASE_CREATED cache-worker",
                        "TRAINER_ALLOCATED session-worker",
                        "TRAINER_ALLOCATED cache-worker",
                        "SESSIONS_GENERATED cache-worker");
    }

    private SocketClient studentsPage() {
        return stack.replica(1).connect(tutoring.studentToken(student));
    }

    private SocketClient trainersPage() {
        return stack.replica(2).connect(stack.tokens().of(trainer, Role.TRAINER));
    }

    private boolean isCached(String screen) {
        return stack.isCached("student:%s:%s".formatted(screen, student));
    }

    /** Waits until each of these types came, and asserts that nothing came twice. */
    private static void awaitTypes(Ledger ledger, List<String> types) {
        await("events of the types " + types).until(() -> types(ledger).containsAll(types));
        ledger.assertEachOnce();
    }

    private static List<String> types(Ledger ledger) {
        return ledger.events().stream()
                .map(Message::event)
                .map(event -> event.path("type").asString())
                .toList();
    }
}
