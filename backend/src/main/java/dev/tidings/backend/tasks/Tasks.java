package dev.tidings.backend.tasks;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.events.EventType;
import dev.tidings.events.TaskEvent;
import dev.tidings.messaging.outbox.Outbox;
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

/** Creates and changes tasks. An empty result means that the user has no such task. Safe for any thread. */
@Service
class Tasks {
    private final TaskTable table;
    private final Outbox outbox;
    private final Clock clock;

    Tasks(TaskTable table, Outbox outbox, Clock clock) {
        this.table = table;
        this.outbox = outbox;
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

    /** Returns tasks older than {@code before}, newest first. */
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

    /** Completes a task; does nothing if it is completed. */
    @Transactional
    public Optional<Task> complete(String userId, UUID id) {
        return table.lock(userId, id)
                .map(task -> task.isCompleted() ? task : saved(EventType.TASK_COMPLETED, task.completed(now())));
    }

    /** Deletes a task and returns its last version. */
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
        TaskEvent event = TaskEvent.of(
                type,
                task.userId(),
                task.id(),
                fields.title(),
                fields.description(),
                task.status(),
                fields.dueAt(),
                fields.recurrence() == null ? null : fields.recurrence().wireName(),
                fields.timeZone() == null ? null : fields.timeZone().getId(),
                task.version(),
                task.updatedAt());
        outbox.append(type, task.userId(), event);
    }

    /** Truncated to milliseconds, the precision on the wire. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
