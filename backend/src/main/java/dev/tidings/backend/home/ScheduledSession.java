package dev.tidings.backend.home;

import org.jspecify.annotations.Nullable;

/**
 * A session as the screens show it.
 *
 * @param scheduledDate day in the student's calendar, such as {@code 2026-02-07}
 * @param scheduledTime time of day in the student's time zone, such as {@code 16:00}
 * @param timeZone the student's
 * @param trainerName null if the trainer has gone
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
