package dev.tidings.backend.payments;

import dev.tidings.edge.problems.FieldError;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Validates start dates of purchases. */
final class StartDates {
    private static final int MAX_DAYS_AHEAD = 366;

    private StartDates() {}

    /** Returns the requested date; without one, tomorrow. */
    static LocalDate orFirst(@Nullable LocalDate requested, ZoneId zone, Instant now) {
        return requested != null ? requested : today(zone, now).plusDays(1);
    }

    /** Returns the mistake in a start date, if there is one. */
    static Optional<FieldError> objection(LocalDate start, LocalTime slot, ZoneId zone, Instant now) {
        LocalDate today = today(zone, now);
        if (start.isBefore(today)) {
            return Optional.of(new FieldError("startDate", "lies in the past: it is %s in %s".formatted(today, zone)));
        }
        if (start.isAfter(today.plusDays(MAX_DAYS_AHEAD))) {
            return Optional.of(new FieldError("startDate", "must lie within a year"));
        }
        if (!start.atTime(slot).atZone(zone).toInstant().isAfter(now)) {
            return Optional.of(new FieldError("timeSlot", "is in the past on %s in %s".formatted(start, zone)));
        }
        return Optional.empty();
    }

    private static LocalDate today(ZoneId zone, Instant now) {
        return now.atZone(zone).toLocalDate();
    }
}
