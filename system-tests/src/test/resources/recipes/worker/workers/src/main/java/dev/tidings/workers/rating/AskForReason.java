package dev.tidings.workers.rating;

import dev.tidings.events.CourseRated;
import dev.tidings.events.EventType;
import dev.tidings.events.NotificationCreated;
import dev.tidings.events.Timestamps;
import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.messaging.outbox.OutboxEvent;
import dev.tidings.workers.runtime.Delivery;
import dev.tidings.workers.runtime.EventHandler;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.HandlerResult;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Publishes a notification to a student who gave few stars. */
@Component
@ForWorker("rating-worker")
class AskForReason implements EventHandler<CourseRated> {
    private static final int FEW = 2;

    private final Outbox outbox;
    private final JsonMapper json;

    AskForReason(Outbox outbox, JsonMapper json) {
        this.outbox = outbox;
        this.json = json;
    }

    @Override
    public boolean takes(String type) {
        return type.equals(EventType.COURSE_RATED.wireName());
    }

    @Override
    public Class<CourseRated> payload() {
        return CourseRated.class;
    }

    @Override
    public HandlerResult handle(List<Delivery<CourseRated>> deliveries) {
        deliveries.forEach(delivery -> delivery.traced(() -> ask(delivery.payload())));
        return HandlerResult.DONE;
    }

    private void ask(CourseRated rating) {
        if (rating.stars() <= FEW) {
            NotificationCreated question = new NotificationCreated(
                    UUID.randomUUID().toString(),
                    rating.studentId(),
                    "info",
                    "normal",
                    "Rating",
                    "What did you miss?",
                    rating.courseId(),
                    1,
                    Timestamps.format(Instant.now()));
            outbox.append(new OutboxEvent(
                    EventType.NOTIFICATION_CREATED.topic().wireName(),
                    rating.studentId(),
                    EventType.NOTIFICATION_CREATED.wireName(),
                    json.writeValueAsString(question)));
        }
    }
}
