package dev.tidings.backend.sessions;

import dev.tidings.events.Timestamps;
import dev.tidings.tutoring.TimeSlot;
import org.jspecify.annotations.Nullable;

/** The JSON of a session. */
record SessionView(
        String sessionId,
        String allocationId,
        String studentId,
        String trainerId,
        String trainerName,
        String courseId,
        String courseTitle,
        String scheduledDate,
        String scheduledTime,
        String timeZone,
        String startsAt,
        String endsAt,
        String status,
        @Nullable String completedAt) {

    static SessionView of(TutoringSession session) {
        return new SessionView(
                session.id().toString(),
                session.allocationId().toString(),
                session.studentId(),
                session.trainerId(),
                session.trainerName(),
                session.courseId(),
                session.courseTitle(),
                session.date().toString(),
                TimeSlot.format(session.time()),
                session.timeZone(),
                Timestamps.format(session.startsAt()),
                Timestamps.format(session.endsAt()),
                session.status().wireName(),
                session.completedAt() == null ? null : Timestamps.format(session.completedAt()));
    }
}
