package dev.tidings.tutoring;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * The data of a trainer that the choice needs.
 *
 * @param zone time zone of the availability
 * @param load current number of students
 * @param booked sessions of the trainer that may conflict with the plan
 */
public record Trainer(
        String id, Set<String> skills, ZoneId zone, List<Availability> availability, int load, List<Booking> booked) {

    /** @param until end, exclusive */
    public record Booking(Instant from, Instant until) {}

    boolean canTeach(String skill) {
        return skills.contains(skill);
    }

    boolean worksAt(List<PlannedSession> plan) {
        return plan.stream().allMatch(this::worksAt);
    }

    boolean isFreeAt(List<PlannedSession> plan) {
        return booked.stream()
                .noneMatch(booking -> plan.stream()
                        .anyMatch(session -> booking.from().isBefore(session.endsAt())
                                && session.startsAt().isBefore(booking.until())));
    }

    /** Returns whether the trainer works during the whole session, which may cross midnight. */
    private boolean worksAt(PlannedSession session) {
        LocalDateTime end = session.endsAt().atZone(zone).toLocalDateTime();
        LocalDateTime time = session.startsAt().atZone(zone).toLocalDateTime();
        do {
            LocalDateTime covered = workedUntil(time);
            if (!covered.isAfter(time)) {
                return false;
            }
            time = covered;
        } while (time.isBefore(end));
        return true;
    }

    /** Returns the end of the longest period that contains the time, or the time if there is none. */
    private LocalDateTime workedUntil(LocalDateTime time) {
        LocalDate date = time.toLocalDate();
        DayOfWeek day = date.getDayOfWeek();
        long minute = Duration.between(date.atStartOfDay(), time).toMinutes();
        return availability.stream()
                .filter(work -> work.day() == day && work.fromMinute() <= minute && minute < work.toMinute())
                .map(work -> date.atStartOfDay().plusMinutes(work.toMinute()))
                .max(LocalDateTime::compareTo)
                .orElse(time);
    }
}
