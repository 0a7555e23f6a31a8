package dev.tidings.workers.recurring;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.events.EventType;
import dev.tidings.events.TaskEvent;
import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.workers.runtime.Delivery;
import dev.tidings.workers.runtime.EventHandler;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.HandlerResult;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Inserts the next task of a series and emits its event. */
@Component
@ForWorker("recurring-task-service")
class AddNextTask implements EventHandler<AddNextTask.Completed> {
    private static final Logger log = LoggerFactory.getLogger(AddNextTask.class);

    /** The latest due time of a task. */
    private static final Instant LAST_DATE = Instant.parse("9999-12-31T23:59:59.999Z");

    private final SeriesTable table;
    private final Outbox outbox;
    private final Clock clock;

    AddNextTask(SeriesTable table, Outbox outbox, Clock clock) {
        this.table = table;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The field that the handler needs; the table has the others. */
    record Completed(@JsonProperty("task_id") String taskId) {}

    @Override
    public boolean takes(String type) {
        return type.equals(EventType.TASK_COMPLETED.wireName());
    }

    @Override
    public Class<Completed> payload() {
        return Completed.class;
    }

    @Override
    public HandlerResult handle(List<Delivery<Completed>> deliveries) {
        Map<UUID, CompletedTask> tasks =
                table.completed(deliveries.stream().map(AddNextTask::taskId).toList());
        for (Delivery<Completed> delivery : deliveries) {
            CompletedTask previous = tasks.get(taskId(delivery));
            if (previous != null) {
                delivery.traced(() -> addNext(previous));
            }
        }
        return HandlerResult.DONE;
    }

    private static UUID taskId(Delivery<Completed> delivery) {
        return Delivery.uuid("task_id", delivery.payload().taskId());
    }

    private void addNext(CompletedTask previous) {
        Instant dueAt = previous.series().after(previous.base());
        if (dueAt.isAfter(LAST_DATE)) {
            log.info("The series of task {} ends: its next due time exceeds the maximum", previous.id());
            return;
        }
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!table.insertNext(id, previous, dueAt, now)) {
            log.info("The next task of task {} exists already", previous.id());
            return;
        }
        TaskEvent created = TaskEvent.of(
                EventType.TASK_CREATED,
                previous.userId(),
                id,
                previous.title(),
                previous.description(),
                "open",
                dueAt,
                previous.recurrence(),
                previous.timeZone(),
                1,
                now);
        outbox.append(EventType.TASK_CREATED, previous.userId(), created);
        log.info("Task {} created as the next task of {}, due {}", id, previous.id(), dueAt);
    }
}
