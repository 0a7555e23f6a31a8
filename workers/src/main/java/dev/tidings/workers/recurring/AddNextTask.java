package dev.tidings.workers.recurring;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.events.EventType;
import dev.tidings.events.TaskEvent;
import dev.tidings.events.Timestamps;
import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.messaging.outbox.OutboxEvent;
import dev.tidings.workers.runtime.Delivery;
import dev.tidings.workers.runtime.EventHandler;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Adds the next task of a series to the tasks of its owner, whose screens are told as of any new task. */
@Component
@ForWorker("recurring-task-service")
class AddNextTask implements EventHandler<AddNextTask.Completed> {
    private static final Logger log = LoggerFactory.getLogger(AddNextTask.class);

    /** No task may be due later. */
    private static final Instant LAST_DATE = Instant.parse("9999-12-31T23:59:59.999Z");

    private final SeriesTable table;
    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;

    AddNextTask(SeriesTable table, Outbox outbox, JsonMapper json, Clock clock) {
        this.table = table;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /** The table has the rest. */
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
    public Outcome handle(Delivery<Completed> delivery) {
        UUID id = Delivery.uuid("task_id", delivery.payload().taskId());
        table.completed(id).ifPresent(this::addNext);
        return Outcome.DONE;
    }

    private void addNext(CompletedTask previous) {
        Instant dueAt = previous.series().after(previous.base());
        if (dueAt.isAfter(LAST_DATE)) {
            log.info("The series of task {} ends: no later date is possible", previous.id());
            return;
        }
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!table.insertNext(id, previous, dueAt, now)) {
            log.info("Task {} has its next one already", previous.id());
            return;
        }
        TaskEvent created = new TaskEvent(
                EventType.TASK_CREATED.wireName(),
                previous.userId(),
                id.toString(),
                previous.title(),
                previous.description(),
                "open",
                Timestamps.format(dueAt),
                previous.recurrence(),
                previous.timeZone(),
                1,
                Timestamps.format(now));
        outbox.append(OutboxEvent.of(EventType.TASK_CREATED, previous.userId(), json.writeValueAsString(created)));
        log.info("Task {} follows {}, due {}", id, previous.id(), dueAt);
    }
}
