package dev.tidings.workers.allocation;

import dev.tidings.workers.runtime.Answer;
import dev.tidings.workers.runtime.Arrival;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.Intake;
import io.dapr.Topic;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What allocation-worker listens to. */
@RestController
@ForWorker("allocation-worker")
class AllocationTopics {
    private final Intake intake;

    AllocationTopics(Intake intake) {
        this.intake = intake;
    }

    @Topic(name = "purchase-created", pubsubName = "${tidings.pubsub}", deadLetterTopic = "dead-letter-queue")
    @PostMapping("/events/purchase-created")
    Answer purchaseCreated(Arrival arrival) {
        return intake.take(arrival);
    }
}
