package dev.tidings.websocket.stream;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How far a client has seen its streams: the log's epoch and the last number per stream. Clients hold it as an opaque
 * text ({@link #encode}); it grants nothing, since a connection's streams come from its token alone (DESIGN).
 *
 * @param epoch epoch of the log the numbers belong to
 * @param numbers last number seen, by {@link StreamName#hash}
 */
public record Cursor(long epoch, Map<Long, Long> numbers) {
    public Cursor {
        numbers = Map.copyOf(numbers);
    }

    /** The last number seen in that stream, or empty if the cursor does not name it. */
    public OptionalLong numberOf(StreamName stream) {
        Long number = numbers.get(stream.hash());
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
