package dev.tidings.backend.requests;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids in paths. */
public final class PathId {
    /** {@link UUID#fromString} is content with less. */
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final int MAX_SHOWN = 64;

    private PathId() {}

    /** Empty if the text is no id, and so names nothing. */
    public static Optional<UUID> of(String text) {
        return UUID_TEXT.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** For a message: the id, unless it is absurdly long. */
    public static String shown(String text) {
        return text.length() <= MAX_SHOWN ? "'" + text + "'" : "with such a long id";
    }
}
