package dev.tidings.backend.tasks;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.events.EventType;
import dev.tidings.events.TaskEvent;
import dev.tidings.events.Timestamps;
import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.messaging.outbox.OutboxEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What can be done with tasks. Empty results mean that the user has no such task. Safe for any thread. */
@Service
class Tasks {
    private final TaskTable table;
    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;

    Tasks(TaskTable table, Outbox outbox, JsonMapper json, Clock clock) {
        this.table = table;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    @Transactional
    public Task create(String userId, TaskFields fields) {
        Instant now = now();
        Task task = new Task(UuidCreator.getTimeOrderedEpoch(), userId, fields, 1, now, now, null);
        table.insert(task);
        announce(EventType.TASK_CREATED, task);
        return task;
    }

    public Optional<Task> find(String userId, UUID id) {
        return table.find(userId, id);
    }

    /** Newest first, those older than {@code before}. */
    public List<Task> page(String userId, @Nullable UUID before, int limit) {
        return table.page(userId, before, limit);
    }

    @Transactional
    public Optional<Task> change(String userId, UUID id, UnaryOperator<TaskFields> change) {
        return table.lock(userId, id).map(task -> {
            TaskFields fields = change.apply(task.fields());
            return fields.equals(task.fields()) ? task : saved(EventType.TASK_UPDATED, task.changedTo(fields, now()));
        });
    }

    /** Completing a completed task changes nothing. */
    @Transactional
    public Optional<Task> complete(String userId, UUID id) {
        return table.lock(userId, id)
                .map(task -> task.isCompleted() ? task : saved(EventType.TASK_COMPLETED, task.completed(now())));
    }

    /** Returns the task as it was at its end. */
    @Transactional
    public Optional<Task> delete(String userId, UUID id) {
        return table.lock(userId, id).map(task -> {
            Task deleted = task.deleted(now());
            table.delete(id);
            announce(EventType.TASK_DELETED, deleted);
            return deleted;
        });
    }

    private Task saved(EventType event, Task task) {
        table.update(task);
        announce(event, task);
        return task;
    }

    private void announce(EventType type, Task task) {
        TaskFields fields = task.fields();
        TaskEvent event = new TaskEvent(
                type.wireName(),
                task.userId(),
                task.id().toString(),
                fields.title(),
                fields.description(),
                task.status(),
                fields.dueAt() == null ? null : Timestamps.format(fields.dueAt()),
                fields.recurrence() == null ? null : fields.recurrence().wireName(),
                fields.timeZone() == null ? null : fields.timeZone().getId(),
                task.version(),
                Timestamps.format(task.updatedAt()));
        outbox.append(OutboxEvent.of(type, task.userId(), json.writeValueAsString(event)));
    }

    /** As exact as times are on the wire. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
