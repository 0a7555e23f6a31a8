package dev.tidings.local.supervision;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses and formats durations for the command line. */
public final class Durations {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})(s|m|h|d)");

    private Durations() {}

    /**
     * Parses {@code 30s}, {@code 15m}, {@code 1h} or {@code 7d}.
     *
     * @throws IllegalArgumentException for any other text, and for zero
     */
    public static Duration parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException("'" + text + "' is no length of time; write 30s, 15m, 1h or 7d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** Formats seconds with one decimal: {@code 0.4 s}, {@code 12.0 s}. */
    public static String inWords(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
