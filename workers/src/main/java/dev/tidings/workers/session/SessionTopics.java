package dev.tidings.workers.session;

import dev.tidings.workers.runtime.Answer;
import dev.tidings.workers.runtime.Arrival;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.Intake;
import io.dapr.Topic;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What session-worker listens to. */
@RestController
@ForWorker("session-worker")
class SessionTopics {
    private final Intake intake;

    SessionTopics(Intake intake) {
        this.intake = intake;
    }

    @Topic(name = "trainer-allocated", pubsubName = "${tidings.pubsub}", deadLetterTopic = "dead-letter-queue")
    @PostMapping("/events/trainer-allocated")
    Answer trainerAllocated(Arrival arrival) {
        return intake.take(arrival);
    }
}
