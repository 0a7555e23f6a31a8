package dev.tidings.workers.session;

import static dev.tidings.workers.RunningWorker.cloudEvent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.events.TrainerAllocated;
import dev.tidings.workers.RunningWorker;
import dev.tidings.workers.TwoWorkers;
import dev.tidings.workers.WorkersDatabase;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** R-PF-4, with two instances of the worker. */
class TopUpSessionsIT {
    private static final WorkersDatabase database = WorkersDatabase.migrated();

    @RegisterExtension
    static final TwoWorkers workers = new TwoWorkers("session-worker", database);

    private final String student = "student-" + UUID.randomUUID();
    private final String trainer = "trainer-" + UUID.randomUUID();
    private final String course = database.course();
    private final UUID payment = database.payment(student, course, 10, "succeeded");
    private final UUID purchase = database.purchase(payment);
    private UUID allocation = UUID.randomUUID();

    @BeforeEach
    void allocate() {
        database.jdbc()
                .sql("INSERT INTO trainers (id, name) VALUES (?, 'Ada')")
                .param(trainer)
                .update();
        allocation = allocation(purchase, student);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void anAllocationWithoutSessionsGetsSevenAndOneEvent(CapturedOutput output) {
        assertThat(deliver(allocation)).isEqualTo("SUCCESS");

        assertThat(scheduled(allocation)).isEqualTo(7);
        assertThat(database.count(
                        "tutoring_sessions",
                        "allocation_id = ? AND starts_at > now() AND scheduled_time = '16:00'"
                                + " AND starts_at = (scheduled_date + scheduled_time) AT TIME ZONE 'Europe/Berlin'",
                        allocation))
                .isEqualTo(7);
        JsonNode event = database.events("session_worker", student).getFirst();
        assertThat(event.path("type").stringValue()).isEqualTo("SESSIONS_GENERATED");
        assertThat(event.path("count").intValue()).isEqualTo(7);
        assertThat(event.path("sessionIds").size()).isEqualTo(7);
        assertThat(event.path("correlationId").stringValue()).isEqualTo(payment.toString());
        assertThat(event.path("trainerId").stringValue()).isEqualTo(trainer);
        assertThat(output)
                .as("R-PF-14")
                .contains("Sessions created: 7 of 7 for allocation " + allocation)
                .contains("SESSIONS_GENERATED event emitted: 7 sessions for student " + student);
    }

    @Test
    void thereAreNeverMoreThanTheTierInAll() {
        sessions(allocation, 8, "completed", -20);

        assertThat(deliver(allocation)).isEqualTo("SUCCESS");

        assertThat(scheduled(allocation)).isEqualTo(2);
    }

    @Test
    void whereThereAreEnoughNoneIsMadeAndNothingIsSaid() {
        sessions(allocation, 10, "scheduled", 1);

        assertThat(deliver(allocation)).isEqualTo("SUCCESS");

        assertThat(scheduled(allocation)).isEqualTo(10);
        assertThat(database.events("session_worker", student)).isEmpty();
        assertThat(database.count("processed_events", "correlation_id = ?", payment.toString()))
                .isEqualTo(1);
    }

    @Test
    void noSessionIsLaidWhereTheTrainerIsTaken() {
        String other = "other-" + student;
        UUID elsewhere = allocation(database.purchase(database.payment(other, course, 10, "succeeded")), other);
        assertThat(deliver(elsewhere)).isEqualTo("SUCCESS");

        assertThat(deliver(allocation)).isEqualTo("SUCCESS");

        assertThat(scheduled(allocation)).isEqualTo(7);
        assertThat(database.jdbc()
                        .sql("SELECT count(DISTINCT starts_at) FROM tutoring_sessions WHERE trainer_id = ?")
                        .param(trainer)
                        .query(Integer.class)
                        .single())
                .isEqualTo(14);
    }

    @Test
    void manyEventsOnTwoInstancesAtOnceMakeSevenOnce() throws Exception {
        assertThat(workers.atOnce(
                        10,
                        (worker, i) ->
                                deliver(worker, i < 5 ? "same-" + allocation : "other-" + i + allocation, allocation)))
                .containsOnly("SUCCESS");

        assertThat(scheduled(allocation)).isEqualTo(7);
        assertThat(database.events("session_worker", student)).hasSize(1);
    }

    @Test
    void anAllocationThatIsNotThereIsADeadLetterAndACancelledOneNeedsNothing() {
        assertThat(deliver(UUID.randomUUID())).isEqualTo("DROP");
        database.jdbc()
                .sql("UPDATE trainer_allocations SET status = 'cancelled', ended_at = now() WHERE id = ?")
                .param(allocation)
                .update();
        assertThat(deliver(allocation)).isEqualTo("SUCCESS");

        assertThat(scheduled(allocation)).isZero();
    }

    private UUID allocation(UUID purchaseId, String studentId) {
        UUID id = UUID.randomUUID();
        database.jdbc()
                .sql("""
                        INSERT INTO trainer_allocations (id, purchase_id, student_id, course_id, trainer_id, status, approved_at)
                        VALUES (?, ?, ?, ?, ?, 'approved', now())
                        """)
                .params(id, purchaseId, studentId, course, trainer)
                .update();
        return id;
    }

    private void sessions(UUID allocationId, int count, String status, int firstDay) {
        database.jdbc()
                .sql("""
                        INSERT INTO tutoring_sessions (id, allocation_id, student_id, trainer_id, course_id, scheduled_date,
                                                       scheduled_time, time_zone, starts_at, ends_at, status, completed_at)
                        SELECT gen_random_uuid(), :allocation, :student, :trainer, :course, day, '16:00', 'UTC',
                               (day + time '16:00') AT TIME ZONE 'UTC', (day + time '17:00') AT TIME ZONE 'UTC', :status,
                               CASE WHEN :status = 'completed' THEN now() END
                        FROM (SELECT current_date + :first + n AS day FROM generate_series(1, :count) AS n) AS days
                        """)
                .param("allocation", allocationId)
                .param("student", student)
                .param("trainer", trainer)
                .param("course", course)
                .param("status", status)
                .param("first", firstDay)
                .param("count", count)
                .update();
    }

    private static int scheduled(UUID allocationId) {
        return database.count("tutoring_sessions", "allocation_id = ? AND status = 'scheduled'", allocationId);
    }

    private String deliver(UUID allocationId) {
        return deliver(workers.getFirst(), UUID.randomUUID().toString(), allocationId);
    }

    private String deliver(RunningWorker worker, String eventId, UUID allocationId) {
        return worker.deliver(
                        "trainer-allocated",
                        student,
                        cloudEvent(
                                "TRAINER_ALLOCATED",
                                eventId,
                                new TrainerAllocated(
                                        "TRAINER_ALLOCATED",
                                        1,
                                        payment.toString(),
                                        allocationId.toString(),
                                        purchase.toString(),
                                        student,
                                        trainer,
                                        course)))
                .path("status")
                .stringValue();
    }
}
