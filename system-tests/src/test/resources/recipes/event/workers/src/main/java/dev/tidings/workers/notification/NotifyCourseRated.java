package dev.tidings.workers.notification;

import dev.tidings.events.CourseRated;
import dev.tidings.events.EventType;
import dev.tidings.workers.runtime.Delivery;
import dev.tidings.workers.runtime.EventHandler;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.HandlerResult;
import java.util.List;
import org.springframework.stereotype.Component;

/** Thanks a student for a rating. */
@Component
@ForWorker("notification-service")
class NotifyCourseRated implements EventHandler<CourseRated> {
    private final CreateNotification notifications;

    NotifyCourseRated(CreateNotification notifications) {
        this.notifications = notifications;
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
        notifications.add(deliveries.stream()
                .map(delivery -> thanks(delivery.payload()))
                .toList());
        return HandlerResult.DONE;
    }

    private static Notice thanks(CourseRated rating) {
        return new Notice(rating.studentId(), "info", false, "Rating", "Thank you for your rating", rating.courseId());
    }
}
