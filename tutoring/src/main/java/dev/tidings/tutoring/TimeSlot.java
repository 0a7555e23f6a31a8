package dev.tidings.tutoring;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses and formats the time of day of sessions, as on the wire and in the database: {@code 16:00}. */
public final class TimeSlot {
    private static final Pattern FORM = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("HH:mm");

    private TimeSlot() {}

    /** Returns empty if the text has another form. */
    public static Optional<LocalTime> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(LocalTime.parse(text)) : Optional.empty();
    }

    public static String format(LocalTime time) {
        return FORMAT.format(time);
    }
}
