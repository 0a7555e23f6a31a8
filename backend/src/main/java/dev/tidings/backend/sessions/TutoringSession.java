package dev.tidings.backend.sessions;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The current state of a session.
 *
 * @param paymentId correlation id of its events
 * @param date day; with {@code time} in {@code timeZone}, the time zone of the student
 * @param completedAt null until it is completed
 */
record TutoringSession(
        UUID id,
        UUID allocationId,
        UUID paymentId,
        String studentId,
        String trainerId,
        String trainerName,
        String courseId,
        String courseTitle,
        LocalDate date,
        LocalTime time,
        String timeZone,
        Instant startsAt,
        Instant endsAt,
        SessionStatus status,
        @Nullable Instant completedAt) {

    TutoringSession completed(Instant now) {
        return new TutoringSession(
                id,
                allocationId,
                paymentId,
                studentId,
                trainerId,
                trainerName,
                courseId,
                courseTitle,
                date,
                time,
                timeZone,
                startsAt,
                endsAt,
                SessionStatus.COMPLETED,
                now);
    }
}
