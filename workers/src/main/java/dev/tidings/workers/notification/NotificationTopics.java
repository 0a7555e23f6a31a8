package dev.tidings.workers.notification;

import dev.tidings.workers.runtime.Answer;
import dev.tidings.workers.runtime.Arrival;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.Intake;
import io.dapr.Topic;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this worker subscribes to. */
@RestController
@ForWorker("notification-service")
class NotificationTopics {
    private static final String PUBSUB = "${tidings.pubsub}";
    private static final String DEAD_LETTERS = "dead-letter-queue";

    private final Intake intake;

    NotificationTopics(Intake intake) {
        this.intake = intake;
    }

    @Topic(name = "task-updates", pubsubName = PUBSUB, deadLetterTopic = DEAD_LETTERS)
    @PostMapping("/events/task-updates")
    Answer tasks(Arrival arrival) {
        return intake.take(arrival);
    }

    @Topic(name = "order.created", pubsubName = PUBSUB, deadLetterTopic = DEAD_LETTERS)
    @PostMapping("/events/order.created")
    Answer createdOrders(Arrival arrival) {
        return intake.take(arrival);
    }

    @Topic(name = "order.updated", pubsubName = PUBSUB, deadLetterTopic = DEAD_LETTERS)
    @PostMapping("/events/order.updated")
    Answer updatedOrders(Arrival arrival) {
        return intake.take(arrival);
    }

    @Topic(name = "order.cancelled", pubsubName = PUBSUB, deadLetterTopic = DEAD_LETTERS)
    @PostMapping("/events/order.cancelled")
    Answer cancelledOrders(Arrival arrival) {
        return intake.take(arrival);
    }
}
