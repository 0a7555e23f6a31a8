package dev.tidings.sidecar;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Normalizes the identifiers of received events. All consumers use these functions, so inbox, failures, dead letters and audit log
 * store the same identifiers for an event. Pure functions.
 */
public final class EventNames {
    /** Maximum length of an id, source, type, key or user id, in characters; longer values do not fit into an index. */
    public static final int MAX_CHARS = 256;

    /** Replaces a source, type or topic that cannot be read. */
    public static final String UNKNOWN = "unknown";

    /** Control characters and unpaired surrogates. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

    private EventNames() {}

    /** Returns the text if it can be stored in an index and written to a log line, otherwise null. */
    public static @Nullable String name(@Nullable String text) {
        return text == null
                        || text.isBlank()
                        || text.length() > MAX_CHARS
                        || UNPRINTABLE.matcher(text).find()
                ? null
                : text;
    }

    /** Returns the text of the node if it has one that {@link #name(String)} accepts, otherwise null. */
    public static @Nullable String name(JsonNode node) {
        return node.isString() ? name(node.stringValue()) : null;
    }

    /** Returns the time if every table can store it, otherwise null. */
    public static @Nullable Instant time(Instant time) {
        return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
    }

    /** Returns an id for a record without one; equal bytes have equal ids. */
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
