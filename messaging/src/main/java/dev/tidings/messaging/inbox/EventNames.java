package dev.tidings.messaging.inbox;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How consumers name an event, whatever came: all in the same way, so that inbox, failures, dead letters and audit log say the
 * same of it. Pure functions.
 */
public final class EventNames {
    /** Most characters of an id, source, type, key or user: what stands in an index. */
    public static final int MAX_CHARS = 256;

    /** In place of a source, type or topic that cannot be read. */
    public static final String UNKNOWN = "unknown";

    /** Control characters, and halves of characters. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

    private EventNames() {}

    /** The text, if it can stand in an index and in a line of the log; else null. */
    public static @Nullable String name(@Nullable String text) {
        return text == null
                        || text.isBlank()
                        || text.length() > MAX_CHARS
                        || UNPRINTABLE.matcher(text).find()
                ? null
                : text;
    }

    /** The time, if every table can hold it; else null. */
    public static @Nullable Instant time(Instant time) {
        return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
    }

    /** The id of a record that carries none: the same bytes are the same event. */
    public static String fingerprint(byte[] bytes) {
        try {
            return "sha256-"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
