package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Where a client wants to go on from.
 *
 * @param text the cursor as the client gave it; empty if it gave none
 * @param cursor the same, decoded; null if the client gave none
 */
public record ResumePoint(String text, @Nullable Cursor cursor) {
    /** From now on. */
    public static final ResumePoint TAIL = new ResumePoint("", null);
}
