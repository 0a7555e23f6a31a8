package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Pages;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tutoring;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-PF-11: what a worker cannot do becomes a dead letter with its reason, and an operator replays it once its cause is gone. */
@OnRunningStack
class AFailedEventBlocksNobodyAndSucceedsOnReplayIT {
    private final Stack stack;
    private final String operator;
    private final String course = "course-" + UUID.randomUUID();

    AFailedEventBlocksNobodyAndSucceedsOnReplayIT(Stack stack) {
        this.stack = stack;
        this.operator = stack.tokens().of("olga", Role.OPERATOR);
        stack.database().update("INSERT INTO courses (id, title, skill) VALUES (?, 'Java', ?)", course, course);
    }

    @Test
    void aConfirmationWithoutItsPaymentBecomesADeadLetterAndAPurchaseOnReplay() {
        String unlucky = Users.named("student");
        String lucky = Users.named("student");
        UUID missing = UUID.randomUUID();
        UUID good = payment(UUID.randomUUID(), lucky);
        BusEvent failing = confirmation(missing, unlucky);

        // Both have the same partition, and the good event comes after the failing one.
        stack.publisher().publish(failing);
        stack.publisher().publish(confirmation(good, lucky).withKey(unlucky));

        await("the purchase of the next event").until(() -> purchases(good) == 1);
        await("the dead letter").until(() -> letters(failing).size() == 1);
        JsonNode letter = letters(failing).getFirst();
        assertThat(letter.path("consumer").asString()).isEqualTo("purchase-worker");
        assertThat(letter.path("topic").asString()).isEqualTo("purchase-confirmed");
        assertThat(letter.path("error").asString()).contains("there is no payment " + missing);
        assertThat(letter.path("attempts").intValue()).isEqualTo(1);
        assertThat(letter.path("correlationId").asString()).isEqualTo(missing.toString());

        payment(missing, unlucky);

        assertThat(replay(letter).path("status").asString()).isEqualTo("replayed");
        assertThat(purchases(missing)).isEqualTo(1);
        assertThat(letters(failing)).isEmpty();
        assertThat(stack.database()
                        .number(
                                "SELECT count(*) FROM processed_events WHERE correlation_id = ? AND source = 'purchase-worker'",
                                missing.toString()))
                .isEqualTo(1);
    }

    /** The database refuses the purchase of this student, as after a bug or with a damaged row. */
    @Test
    void whatKeepsFailingIsTriedFourTimesThenBecomesADeadLetterAndSucceedsOnReplayOnceItsCauseIsGone() {
        Tutoring tutoring = stack.tutoring();
        String sold = tutoring.newCourse();
        tutoring.addTrainers(sold, 2);
        String unlucky = Users.named("student");
        stack.database()
                .update("ALTER TABLE student_course_purchases ADD CONSTRAINT no_purchase CHECK (student_id <> '%s')"
                        .formatted(unlucky));
        String payment;
        JsonNode letter;
        try {
            payment = tutoring.buy(unlucky, sold, 10);
            UUID behind = payment(UUID.randomUUID(), Users.named("student"));
            stack.publisher().publish(confirmation(behind, "whoever").withKey(unlucky));

            await("the purchase behind it").until(() -> purchases(behind) == 1);
            await("the dead letter").until(() -> lettersOf(payment).size() == 1);
            letter = lettersOf(payment).getFirst();
            assertThat(letter.path("consumer").asString()).isEqualTo("purchase-worker");
            assertThat(letter.path("attempts").intValue()).isEqualTo(4);
            assertThat(letter.path("error").asString()).contains("no_purchase");
            String eventId = letter.path("eventId").asString();
            await("the line of the last attempt")
                    .untilAsserted(() -> assertThat(stack.logOf(stack.part("purchase-worker")))
                            .contains("[Worker] Failed to process PURCHASE_CONFIRMED event %s of backend (attempt 4)"
                                    .formatted(eventId)));
            assertThat(tutoring.purchases(payment)).isZero();

            assertThat(replay(letter).path("status").asString())
                    .as("its cause is still there")
                    .isEqualTo("open");
        } finally {
            stack.database().update("ALTER TABLE student_course_purchases DROP CONSTRAINT no_purchase");
        }

        assertThat(replay(letter).path("status").asString()).isEqualTo("replayed");
        tutoring.awaitComplete(payment, 10);
        assertThat(lettersOf(payment)).isEmpty();
    }

    private JsonNode replay(JsonNode letter) {
        Http.Answer replay =
                Http.call("POST", deadLetters("/" + letter.path("id").asString() + "/replay"), operator, "");
        assertThat(replay.status()).as(replay.body()).isEqualTo(200);
        return replay.json();
    }

    /** Returns the dead letters of purchase-worker. */
    private List<JsonNode> letters(BusEvent event) {
        return letters("eventId", event.id());
    }

    private List<JsonNode> lettersOf(String payment) {
        return letters("correlationId", payment);
    }

    private List<JsonNode> letters(String field, String value) {
        return Pages.items(deadLetters(""), operator).stream()
                .filter(letter -> letter.path(field).asString("").equals(value)
                        && letter.path("consumer").asString("").equals("purchase-worker"))
                .toList();
    }

    private URI deadLetters(String rest) {
        return URI.create(stack.backend() + "/api/v1/admin/dead-letters" + rest);
    }

    private long purchases(UUID payment) {
        return stack.database().number("SELECT count(*) FROM student_course_purchases WHERE payment_id = ?", payment);
    }

    private UUID payment(UUID id, String student) {
        stack.database()
                .update(
                        "INSERT INTO payments (id, student_id, course_id, purchase_tier, amount, time_slot, start_date, time_zone,"
                                + " status, created_at, confirmed_at)"
                                + " VALUES (?, ?, ?, 10, 100, '16:00', current_date + 1, 'UTC', 'succeeded', now(), now())",
                        id,
                        student,
                        course);
        return id;
    }

    private static BusEvent confirmation(UUID payment, String student) {
        BusEvent event = BusEvent.business("PURCHASE_CONFIRMED", student)
                .onTopic("purchase-confirmed")
                .with("correlationId", payment.toString())
                .with("paymentId", payment.toString())
                .with("studentId", student);
        event.data()
                .putObject("metadata")
                .put("courseId", "course")
                .put("sessionCount", 10)
                .put("timeSlot", "16:00")
                .put("startDate", "2026-12-01");
        return event;
    }
}
