package dev.tidings.tutoring;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * A planned session.
 *
 * @param date day; with {@code time} in {@code zone}, the time zone of the student
 * @param startsAt the same as an instant
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
