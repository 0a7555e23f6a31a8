package dev.tidings.workers.recurring;

import static dev.tidings.workers.RunningWorker.cloudEvent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.workers.RunningWorker;
import dev.tidings.workers.TwoWorkers;
import dev.tidings.workers.WorkersDatabase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** R-TK-2: completing a recurring task creates its next occurrence, with two instances of the worker. */
class AddNextTaskIT {
    private static final WorkersDatabase database = WorkersDatabase.migrated();

    @RegisterExtension
    static final TwoWorkers workers = new TwoWorkers("recurring-task-service", database);

    private final String user = "user-" + UUID.randomUUID();

    @Test
    void theNextTaskIsTheSameOnePeriodLaterAndItsOwnerIsNotified() {
        UUID task = completed("2027-01-31T08:00:00Z", "monthly", "Europe/Berlin");

        assertThat(deliver(task)).isEqualTo("SUCCESS");

        JsonNode event = onlyEvent();
        assertThat(event.path("event_type").stringValue()).isEqualTo("task.created");
        assertThat(event.path("title").stringValue()).isEqualTo("Water the plants");
        assertThat(event.path("description").stringValue()).isEqualTo("all of them");
        assertThat(event.path("status").stringValue()).isEqualTo("open");
        assertThat(event.path("due_at").stringValue()).isEqualTo("2027-02-28T08:00:00.000Z");
        assertThat(event.path("recurrence").stringValue()).isEqualTo("monthly");
        assertThat(event.path("time_zone").stringValue()).isEqualTo("Europe/Berlin");
        assertThat(event.path("version").intValue()).isOne();
        assertThat(database.count(
                        "task",
                        "task_id = ?::uuid AND user_id = ? AND status = 'open' AND previous_task_id = ?"
                                + " AND due_at = '2027-02-28T08:00:00Z'",
                        event.path("task_id").stringValue(),
                        user,
                        task))
                .isOne();
    }

    @Test
    void aSeriesKeepsItsDayOverAShortMonthAndItsHourOverAChangeOfTheClocks() {
        UUID january = completed("2027-01-31T08:00:00Z", "monthly", "Europe/Berlin");
        deliver(january);
        UUID february = complete(openTask());
        deliver(february);

        // The 31st again, and nine o'clock in summer time.
        assertThat(dueOf(openTask())).isEqualTo("2027-03-31T07:00:00Z");
    }

    @Test
    void aTaskWithoutADateComesBackOnePeriodAfterItsCompletion() {
        UUID task = completed(null, "daily", null);

        deliver(task);

        Instant completedAt = instant("SELECT completed_at FROM task WHERE task_id = ?", task);
        assertThat(dueOf(openTask())).isEqualTo(completedAt.plusSeconds(24 * 60 * 60));
    }

    @Test
    void theSameCompletionManyTimesOnTwoInstancesMakesOneTask() throws Exception {
        UUID task = completed("2027-05-01T08:00:00Z", "weekly", null);
        // The same event, and others that say the same: the inbox catches the first, the table the second.
        assertThat(workers.atOnce(
                        10, (worker, i) -> deliver(worker, i < 5 ? "same-" + task : "other-" + i + task, task)))
                .containsOnly("SUCCESS");

        assertThat(database.count("task", "previous_task_id = ?", task)).isOne();
        onlyEvent();
    }

    @Test
    void aTaskThatDoesNotRecurOrIsGoneHasNoNext() {
        assertThat(deliver(completed("2027-05-01T08:00:00Z", null, null))).isEqualTo("SUCCESS");
        assertThat(deliver(UUID.randomUUID())).isEqualTo("SUCCESS");
        assertThat(deliver(completed("9999-12-31T08:00:00Z", "daily", null))).isEqualTo("SUCCESS");

        assertThat(database.events("recurring_task_service", user)).isEmpty();
    }

    @Test
    void aCompletionOfNoTaskIsADeadLetter() {
        String event = cloudEvent("task.completed", UUID.randomUUID().toString(), Map.of("task_id", "seven"));

        assertThat(workers.getFirst()
                        .deliver("task-updates", user, event)
                        .path("status")
                        .stringValue())
                .isEqualTo("DROP");
    }

    private UUID completed(@Nullable String dueAt, @Nullable String recurrence, @Nullable String timeZone) {
        UUID id = UUID.randomUUID();
        database.jdbc()
                .sql("""
                        INSERT INTO task (task_id, user_id, title, description, due_at, recurrence, time_zone, status, version,
                                          created_at, updated_at, completed_at)
                        VALUES (:id, :user, 'Water the plants', 'all of them', :dueAt::timestamptz, :recurrence, :timeZone,
                                'completed', 2, now(), now(), date_trunc('milliseconds', now()))
                        """)
                .param("id", id)
                .param("user", user)
                .param("dueAt", dueAt)
                .param("recurrence", recurrence)
                .param("timeZone", timeZone)
                .update();
        return id;
    }

    private UUID openTask() {
        return database.jdbc()
                .sql("SELECT task_id FROM task WHERE user_id = ? AND status = 'open'")
                .param(user)
                .query(UUID.class)
                .single();
    }

    private static UUID complete(UUID task) {
        database.jdbc()
                .sql("UPDATE task SET status = 'completed', version = 2, completed_at = now() WHERE task_id = ?")
                .param(task)
                .update();
        return task;
    }

    private static Instant dueOf(UUID task) {
        return instant("SELECT due_at FROM task WHERE task_id = ?", task);
    }

    private static Instant instant(String sql, UUID task) {
        return database.jdbc()
                .sql(sql)
                .param(task)
                .query((row, n) -> row.getTimestamp(1).toInstant().atOffset(ZoneOffset.UTC))
                .single()
                .toInstant();
    }

    private JsonNode onlyEvent() {
        List<JsonNode> events = database.events("recurring_task_service", user);
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    private String deliver(UUID task) {
        return deliver(workers.getFirst(), UUID.randomUUID().toString(), task);
    }

    private String deliver(RunningWorker worker, String eventId, UUID task) {
        Map<String, String> data = Map.of("event_type", "task.completed", "user_id", user, "task_id", task.toString());
        return worker.deliver("task-updates", user, cloudEvent("task.completed", eventId, data))
                .path("status")
                .stringValue();
    }
}
