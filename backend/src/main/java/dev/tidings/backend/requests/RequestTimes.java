package dev.tidings.backend.requests;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Parses times, dates and time zones of requests. Empty results stand for texts of another form. */
public final class RequestTimes {
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    private RequestTimes() {}

    /** Parses a time with an offset in the years 1970 to 9999, such as {@code 2026-02-07T12:00:00.000Z}. */
    public static Optional<OffsetDateTime> time(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            int year = time.toInstant().atOffset(ZoneOffset.UTC).getYear();
            return year >= FIRST_YEAR && year <= LAST_YEAR ? Optional.of(time) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Parses a date with a year of four digits, such as {@code 2026-02-09}. */
    public static Optional<LocalDate> date(String text) {
        try {
            return DATE.matcher(text).matches() ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Parses the name of a time zone, such as {@code Europe/Berlin}. */
    public static Optional<ZoneId> zone(String text) {
        return ZONES.contains(text) ? Optional.of(ZoneId.of(text)) : Optional.empty();
    }
}
