package dev.tidings.backend.sessions;

import dev.tidings.backend.requests.RequestTimes;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects sessions. A null component is not a condition.
 *
 * @param fromDate earliest day in the calendar of the student
 * @param fromTime earliest start
 */
record SessionFilter(
        @Nullable SessionStatus status,
        @Nullable LocalDate fromDate,
        @Nullable Instant fromTime) {

    /** @param from a date such as {@code 2026-02-09} or a time such as {@code 2026-02-09T12:00:00.000Z} */
    static SessionFilter of(@Nullable String status, @Nullable String from) {
        List<FieldError> errors = new ArrayList<>();
        SessionStatus wanted = null;
        if (status != null && !status.isEmpty()) {
            wanted = SessionStatus.of(status).orElse(null);
            if (wanted == null) {
                errors.add(new FieldError("status", "must be one of scheduled, completed, cancelled"));
            }
        }
        LocalDate date = null;
        Instant time = null;
        if (from != null && !from.isEmpty()) {
            date = RequestTimes.date(from).orElse(null);
            time = RequestTimes.time(from).map(OffsetDateTime::toInstant).orElse(null);
            if (date == null && time == null) {
                errors.add(new FieldError(
                        "from", "must be a date such as 2026-02-09 or a time such as 2026-02-09T12:00:00.000Z"));
            }
        }
        if (!errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
        return new SessionFilter(wanted, date, time);
    }
}
