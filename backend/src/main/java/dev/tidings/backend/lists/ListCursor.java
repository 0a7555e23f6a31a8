package dev.tidings.backend.lists;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Encodes the last id of a page as an opaque cursor. */
final class ListCursor {
    private static final int BYTES = 16;

    private ListCursor() {}

    static String encode(UUID last) {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(last.getMostSignificantBits())
                .putLong(last.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns empty if the text is not a cursor of this class. */
    static Optional<UUID> decode(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length != BYTES) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return Optional.of(new UUID(buffer.getLong(), buffer.getLong()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
