package dev.tidings.backend.requests;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Parses ids of paths. */
public final class PathId {
    /** {@link UUID#fromString} also accepts short forms such as {@code 1-1-1-1-1}; all 36 characters are required here. */
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final int MAX_SHOWN = 64;

    private PathId() {}

    /** Returns empty for a malformed id, which is answered like an unknown one. */
    public static Optional<UUID> of(String text) {
        return UUID_TEXT.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** Formats an id of any length for a message. */
    public static String shown(String text) {
        return text.length() <= MAX_SHOWN ? "'" + text + "'" : "with such a long id";
    }

    /** Shortens a name that the caller sent, for a message. */
    public static String abbreviated(String name) {
        return name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
    }
}
