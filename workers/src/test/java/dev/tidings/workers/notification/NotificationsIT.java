package dev.tidings.workers.notification;

import static dev.tidings.workers.RunningWorker.cloudEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.events.OrderCancelled;
import dev.tidings.events.OrderUpdated;
import dev.tidings.events.TaskEvent;
import dev.tidings.events.Timestamps;
import dev.tidings.workers.RunningWorker;
import dev.tidings.workers.RunningWorker.BatchEntry;
import dev.tidings.workers.TwoWorkers;
import dev.tidings.workers.WorkersDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** R-TK-2 and R-OR-4: order messages and reminders become notifications, with two instances of the worker. */
class NotificationsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant PAST = Instant.parse("2026-02-08T09:00:00Z");
    private static final WorkersDatabase database = WorkersDatabase.migrated();

    @RegisterExtension
    static final TwoWorkers workers = new TwoWorkers("notification-service", database);

    private final String user = "user-" + UUID.randomUUID();

    @Test
    void whatHappensToAnOrderIsToldOnceHoweverOftenItComes() {
        String orderId = UUID.randomUUID().toString();
        String shipped = cloudEvent(
                "order.updated",
                UUID.randomUUID().toString(),
                new OrderUpdated(
                        orderId,
                        user,
                        "shipped",
                        "pending",
                        2,
                        "admin",
                        "2026-02-07T12:00:00.000Z",
                        "Your order has been shipped"));
        for (int i = 0; i < 4; i++) {
            assertThat(deliver(workers.inTurn(i), "order.updated", shipped)).isEqualTo("SUCCESS");
        }
        deliver(
                workers.getFirst(),
                "order.cancelled",
                cloudEvent(
                        "order.cancelled",
                        UUID.randomUUID().toString(),
                        new OrderCancelled(
                                orderId,
                                user,
                                "cancelled",
                                "shipped",
                                "Lost",
                                3,
                                "admin",
                                "2026-02-07T12:00:00.000Z")));

        List<JsonNode> events = database.events("notification_service", user);
        assertThat(events)
                .extracting(event -> "%s %s %s"
                        .formatted(
                                event.path("type").stringValue(),
                                event.path("priority").stringValue(),
                                event.path("message").stringValue()))
                .containsExactly(
                        "order normal Your order has been shipped", "order high Your order has been cancelled: Lost");
        for (JsonNode event : events) {
            assertThat(database.count(
                            "notification",
                            "notification_id = ?::uuid AND user_id = ? AND message = ? AND subject_id = ? AND read_at IS NULL",
                            event.path("id").stringValue(),
                            user,
                            event.path("message").stringValue(),
                            orderId))
                    .isOne();
        }
    }

    @Test
    void aTaskThatIsDueIsRemindedOfOnce() {
        UUID id = task(PAST, "open");
        deliver(event("task.created", id, 1, PAST, "open"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reminders()).containsExactly("reminder Due: Call the supplier " + id));
        deliver(event("task.updated", id, 2, PAST, "open"));
        settle();
        assertThat(reminders()).hasSize(1);
    }

    @Test
    void anotherDateIsAnotherReminder() {
        UUID id = task(PAST, "open");
        deliver(event("task.created", id, 1, PAST, "open"));
        await().atMost(PATIENCE).until(() -> reminders().size() == 1);

        Instant later = PAST.plus(1, ChronoUnit.DAYS);
        database.jdbc()
                .sql("UPDATE task SET due_at = ? WHERE task_id = ?")
                .params(later.atOffset(ZoneOffset.UTC), id)
                .update();
        deliver(event("task.updated", id, 2, later, "open"));

        await().atMost(PATIENCE).until(() -> reminders().size() == 2);
        deliver(event("task.created", id, 1, PAST, "open"));
        settle();
        assertThat(reminders()).as("an older event changes nothing").hasSize(2);
    }

    @Test
    void nobodyIsRemindedOfWhatIsDoneGoneOrDueLater() {
        UUID completed = task(PAST, "open");
        deliver(event("task.created", UUID.randomUUID(), 1, PAST, "open"));
        deliver(event("task.created", task(PAST, "completed"), 1, PAST, "open"));
        deliver(event("task.created", task(Instant.parse("2090-01-01T00:00:00Z"), "open"), 1, PAST, "open"));
        deliver(event("task.created", task(null, "open"), 1, null, "open"));
        deliver(event(
                "task.created",
                task(Instant.parse("2090-01-01T00:00:00Z"), "open"),
                1,
                Instant.parse("2090-01-01T00:00:00Z"),
                "open"));
        deliver(event("task.completed", completed, 2, PAST, "completed"));
        deliver(event("task.deleted", completed, 3, PAST, "open"));

        settle();

        assertThat(reminders()).isEmpty();
    }

    @Test
    void theEventsOfATaskWithinABatchCountInTheirOrder() {
        UUID due = task(PAST, "open");
        UUID done = task(PAST, "open");
        UUID open = task(PAST, "open");

        assertThat(workers.getFirst()
                        .deliverBatch(
                                "task-updates",
                                Stream.of(
                                                event("task.created", due, 1, PAST, "open"),
                                                event("task.created", done, 1, PAST, "open"),
                                                event("task.created", open, 1, PAST.plusSeconds(1), "open"),
                                                event("task.updated", open, 2, PAST, "open"),
                                                event("task.completed", done, 2, PAST, "completed"),
                                                event("task.created", open, 1, PAST.plusSeconds(1), "open"))
                                        .map(event -> new BatchEntry(user, event))
                                        .toList()))
                .containsOnly("SUCCESS");

        await().atMost(PATIENCE).until(() -> reminders().size() == 2);
        assertThat(reminders())
                .containsExactlyInAnyOrder(
                        "reminder Due: Call the supplier " + due, "reminder Due: Call the supplier " + open);
        assertThat(database.count("reminder", "task_id = ? AND version = 2", open))
                .isOne();
        assertThat(database.count("reminder", "task_id = ?", done)).isZero();
    }

    @Test
    void aBatchOfOrderEventsIsToldInItsOrder() {
        String orderId = UUID.randomUUID().toString();
        List<BatchEntry> updates = new ArrayList<>();
        for (int version = 2; version <= 4; version++) {
            updates.add(new BatchEntry(
                    user,
                    cloudEvent(
                            "order.updated",
                            UUID.randomUUID().toString(),
                            new OrderUpdated(
                                    orderId,
                                    user,
                                    "shipped",
                                    "pending",
                                    version,
                                    "admin",
                                    "2026-02-07T12:00:00.000Z",
                                    "message " + version))));
        }

        assertThat(workers.getFirst().deliverBatch("order.updated", updates)).containsOnly("SUCCESS");

        assertThat(database.events("notification_service", user))
                .extracting(event -> event.path("message").stringValue())
                .containsExactly("message 2", "message 3", "message 4");
        assertThat(database.count("notification", "user_id = ? AND title LIKE 'Order #%'", user))
                .isEqualTo(3);
    }

    @Test
    void manyDueAtOnceAreSharedByTheInstancesAndEachIsToldOnce() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            ids.add(task(PAST.plusSeconds(i), "open"));
        }
        // As after the worker was away: the due times are known, and nobody was there to look.
        database.jdbc().sql("""
                        INSERT INTO reminder (task_id, version, due_at)
                        SELECT task_id, version, due_at FROM task WHERE user_id = ?
                        """).param(user).update();

        await().atMost(PATIENCE).until(() -> waiting() == 0);

        assertThat(database.events("notification_service", user)).hasSize(250);
        assertThat(new HashSet<>(database.events("notification_service", user).stream()
                        .map(event -> UUID.fromString(event.path("subjectId").stringValue()))
                        .toList()))
                .isEqualTo(new HashSet<>(ids));
    }

    /** Until the scan has passed over everything that was due before. */
    private void settle() {
        String mark = "mark-" + UUID.randomUUID();
        UUID id = task(mark, Instant.now(), "open");
        database.jdbc()
                .sql(
                        "INSERT INTO reminder (task_id, version, due_at) SELECT task_id, 1, due_at FROM task WHERE task_id = ?")
                .param(id)
                .update();
        await().atMost(PATIENCE)
                .until(() -> database.events("notification_service", mark).size() == 1);
    }

    private int waiting() {
        return database.count("reminder JOIN task USING (task_id)", "NOT is_done AND task.user_id = ?", user);
    }

    private List<String> reminders() {
        return database.events("notification_service", user).stream()
                .map(event -> "%s %s %s"
                        .formatted(
                                event.path("type").stringValue(),
                                event.path("message").stringValue(),
                                event.path("subjectId").stringValue()))
                .toList();
    }

    private UUID task(@Nullable Instant dueAt, String status) {
        return task(user, dueAt, status);
    }

    private static UUID task(String owner, @Nullable Instant dueAt, String status) {
        UUID id = UUID.randomUUID();
        database.jdbc()
                .sql("""
                        INSERT INTO task (task_id, user_id, title, due_at, status, version, created_at, updated_at, completed_at)
                        VALUES (:id, :user, 'Call the supplier', :dueAt::timestamptz, :status, 1, now(), now(),
                                CASE WHEN :status = 'completed' THEN now() END)
                        """)
                .param("id", id)
                .param("user", owner)
                .param("dueAt", dueAt == null ? null : dueAt.toString())
                .param("status", status)
                .update();
        return id;
    }

    private String event(String type, UUID id, long version, @Nullable Instant dueAt, String status) {
        return cloudEvent(
                type,
                UUID.randomUUID().toString(),
                new TaskEvent(
                        type,
                        user,
                        id.toString(),
                        "Call the supplier",
                        null,
                        status,
                        dueAt == null ? null : Timestamps.format(dueAt),
                        null,
                        null,
                        version,
                        "2026-02-07T12:00:00.000Z"));
    }

    private void deliver(String taskEvent) {
        assertThat(deliver(workers.getFirst(), "task-updates", taskEvent)).isEqualTo("SUCCESS");
    }

    private String deliver(RunningWorker worker, String topic, String event) {
        return worker.deliver(topic, user, event).path("status").stringValue();
    }
}
