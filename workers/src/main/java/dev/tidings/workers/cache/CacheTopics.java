package dev.tidings.workers.cache;

import dev.tidings.workers.runtime.Answer;
import dev.tidings.workers.runtime.Arrival;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.Intake;
import io.dapr.Topic;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What cache-worker listens to. */
@RestController
@ForWorker("cache-worker")
class CacheTopics {
    private final Intake intake;

    CacheTopics(Intake intake) {
        this.intake = intake;
    }

    @Topic(name = "purchase-created", pubsubName = "${tidings.pubsub}", deadLetterTopic = "dead-letter-queue")
    @PostMapping("/events/purchase-created")
    Answer purchaseCreated(Arrival arrival) {
        return intake.take(arrival);
    }

    @Topic(name = "trainer-allocated", pubsubName = "${tidings.pubsub}", deadLetterTopic = "dead-letter-queue")
    @PostMapping("/events/trainer-allocated")
    Answer trainerAllocated(Arrival arrival) {
        return intake.take(arrival);
    }

    @Topic(name = "sessions-generated", pubsubName = "${tidings.pubsub}", deadLetterTopic = "dead-letter-queue")
    @PostMapping("/events/sessions-generated")
    Answer sessionsGenerated(Arrival arrival) {
        return intake.take(arrival);
    }
}
