package dev.tidings.workers.recurring;

import dev.tidings.workers.runtime.Answer;
import dev.tidings.workers.runtime.Arrival;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.Intake;
import io.dapr.Topic;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this worker subscribes to. */
@RestController
@ForWorker("recurring-task-service")
class RecurringTopics {
    private final Intake intake;

    RecurringTopics(Intake intake) {
        this.intake = intake;
    }

    @Topic(name = "task-updates", pubsubName = "${tidings.pubsub}", deadLetterTopic = "dead-letter-queue")
    @PostMapping("/events/task-updates")
    Answer tasks(Arrival arrival) {
        return intake.take(arrival);
    }
}
