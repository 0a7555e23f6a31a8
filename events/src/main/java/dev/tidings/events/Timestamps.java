package dev.tidings.events;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Formats times for the wire: ISO-8601 UTC with three decimals, such as {@code 2026-02-07T12:00:00.000Z}. */
public final class Timestamps {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /** Formats the time, truncated to milliseconds. */
    public static String format(Instant instant) {
        return FORMAT.format(instant);
    }
}
