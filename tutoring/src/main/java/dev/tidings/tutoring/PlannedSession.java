package dev.tidings.tutoring;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * One session in the calendar.
 *
 * @param date and {@code time} as the student agreed to, in {@code zone}
 * @param startsAt when that is
 */
public record PlannedSession(LocalDate date, LocalTime time, ZoneId zone, Instant startsAt) {
    static PlannedSession on(LocalDate date, LocalTime time, ZoneId zone) {
        return new PlannedSession(
                date, time, zone, date.atTime(time).atZone(zone).toInstant());
    }

    public Instant endsAt() {
        return startsAt.plus(SessionPlan.DURATION);
    }
}
