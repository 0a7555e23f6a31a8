package dev.tidings.backend.sessions;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions are asked for; null is no condition.
 *
 * @param fromDate those on that day of the student's calendar, or later
 * @param fromTime those that begin then, or later
 */
record SessionFilter(
        @Nullable SessionStatus status,
        @Nullable LocalDate fromDate,
        @Nullable Instant fromTime) {
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    /** @param from a date such as {@code 2026-02-09} or a time such as {@code 2026-02-09T12:00:00.000Z} */
    static SessionFilter of(@Nullable String status, @Nullable String from) {
        List<FieldError> errors = new ArrayList<>();
        SessionStatus wanted = status(status, errors);
        @Nullable LocalDate date = null;
        @Nullable Instant time = null;
        try {
            if (from != null && DATE.matcher(from).matches()) {
                date = LocalDate.parse(from);
            } else if (from != null && !from.isEmpty()) {
                time = time(from);
            }
        } catch (DateTimeException e) {
            errors.add(new FieldError(
                    "from", "must be a date such as 2026-02-09 or a time such as 2026-02-09T12:00:00.000Z"));
        }
        if (!errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
        return new SessionFilter(wanted, date, time);
    }

    private static @Nullable SessionStatus status(@Nullable String text, List<FieldError> errors) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        return SessionStatus.of(text).orElseGet(() -> {
            errors.add(new FieldError("status", "must be one of scheduled, completed, cancelled"));
            return null;
        });
    }

    private static Instant time(String text) {
        Instant time = OffsetDateTime.parse(text).toInstant();
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new DateTimeException("year " + year);
        }
        return time;
    }
}
