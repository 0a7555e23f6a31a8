package dev.tidings.backend.courses;

import dev.tidings.events.CourseRated;
import dev.tidings.events.EventType;
import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.messaging.outbox.OutboxEvent;
import dev.tidings.tokens.Identity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Publishes a student's rating of a course. */
@RestController
class RateCourse {
    private final Outbox outbox;
    private final JsonMapper json;

    RateCourse(Outbox outbox, JsonMapper json) {
        this.outbox = outbox;
        this.json = json;
    }

    @PutMapping("/api/v1/courses/{courseId}/ratings/{stars}")
    @Transactional
    public void rate(Identity student, @PathVariable("courseId") String courseId, @PathVariable("stars") int stars) {
        CourseRated rating = new CourseRated(
                EventType.COURSE_RATED.wireName(), System.currentTimeMillis(), student.userId(), courseId, stars);
        outbox.append(new OutboxEvent(
                EventType.COURSE_RATED.topic().wireName(),
                student.userId(),
                EventType.COURSE_RATED.wireName(),
                json.writeValueAsString(rating)));
    }
}
