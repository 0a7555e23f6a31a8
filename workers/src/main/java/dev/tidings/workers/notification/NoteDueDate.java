package dev.tidings.workers.notification;

import dev.tidings.events.EventType;
import dev.tidings.events.TaskEvent;
import dev.tidings.workers.notification.ReminderTable.DueTime;
import dev.tidings.workers.runtime.Delivery;
import dev.tidings.workers.runtime.EventHandler;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.HandlerResult;
import dev.tidings.workers.runtime.MalformedPayloadException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Stores the due times of tasks. */
@Component
@ForWorker("notification-service")
class NoteDueDate implements EventHandler<TaskEvent> {
    private static final Set<String> TYPES = Set.of(
            EventType.TASK_CREATED.wireName(),
            EventType.TASK_UPDATED.wireName(),
            EventType.TASK_COMPLETED.wireName(),
            EventType.TASK_DELETED.wireName());

    private final ReminderTable reminders;

    NoteDueDate(ReminderTable reminders) {
        this.reminders = reminders;
    }

    @Override
    public boolean takes(String type) {
        return TYPES.contains(type);
    }

    @Override
    public Class<TaskEvent> payload() {
        return TaskEvent.class;
    }

    @Override
    public HandlerResult handle(List<Delivery<TaskEvent>> deliveries) {
        Map<UUID, DueTime> changes = new LinkedHashMap<>();
        for (Delivery<TaskEvent> delivery : deliveries) {
            DueTime change = change(delivery);
            if (changes.containsKey(change.taskId())) {
                // A statement changes a row once.
                reminders.apply(changes.values());
                changes.clear();
            }
            changes.put(change.taskId(), change);
        }
        reminders.apply(changes.values());
        return HandlerResult.DONE;
    }

    private static DueTime change(Delivery<TaskEvent> delivery) {
        TaskEvent task = delivery.payload();
        UUID id = Delivery.uuid("task_id", task.taskId());
        boolean isGone = delivery.event().type().equals(EventType.TASK_DELETED.wireName());
        String dueAt = task.dueAt();
        return new DueTime(
                id, task.version(), isGone || dueAt == null || !task.status().equals("open") ? null : time(dueAt));
    }

    private static Instant time(String dueAt) {
        try {
            return OffsetDateTime.parse(dueAt).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedPayloadException("due_at is not a time");
        }
    }
}
