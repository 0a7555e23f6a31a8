package dev.tidings.backend.home;

import org.jspecify.annotations.Nullable;

/**
 * The JSON of a session on a screen.
 *
 * @param scheduledDate day in the calendar of the student, such as {@code 2026-02-07}
 * @param scheduledTime time of day in the time zone of the student, such as {@code 16:00}
 * @param timeZone time zone of the student
 * @param trainerName null if the trainer was removed
 */
record ScheduledSession(
        String sessionId,
        String allocationId,
        String courseId,
        String courseTitle,
        String trainerId,
        @Nullable String trainerName,
        String scheduledDate,
        String scheduledTime,
        String timeZone,
        String startsAt,
        String endsAt,
        String status) {}
