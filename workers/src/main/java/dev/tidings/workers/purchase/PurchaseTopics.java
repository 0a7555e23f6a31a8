package dev.tidings.workers.purchase;

import dev.tidings.workers.runtime.Answer;
import dev.tidings.workers.runtime.Arrival;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.Intake;
import io.dapr.Topic;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What purchase-worker listens to. */
@RestController
@ForWorker("purchase-worker")
class PurchaseTopics {
    private final Intake intake;

    PurchaseTopics(Intake intake) {
        this.intake = intake;
    }

    @Topic(name = "purchase-confirmed", pubsubName = "${tidings.pubsub}", deadLetterTopic = "dead-letter-queue")
    @PostMapping("/events/purchase-confirmed")
    Answer purchaseConfirmed(Arrival arrival) {
        return intake.take(arrival);
    }
}
