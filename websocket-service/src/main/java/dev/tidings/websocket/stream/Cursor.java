package dev.tidings.websocket.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How far a client has seen its streams: the log's epoch and the last number per stream. Clients hold it as an opaque
 * text ({@link #encode}); it grants nothing, since a connection's streams come from its token alone (docs/architecture.md#cursor).
 *
 * <p>The text is base64url of: one byte version, eight bytes epoch, then per stream eight bytes of its hash and the
 * number in groups of seven bits, lowest first, all but the last with the high bit set.
 *
 * @param epoch epoch of the log the numbers belong to
 * @param numbers last number seen, by {@link StreamName#hash}; at most {@link #MAX_STREAMS}, none below 0
 */
public record Cursor(long epoch, Map<Long, Long> numbers) {
    public static final int MAX_STREAMS = 16;

    /** Longest text that {@link #decode} looks at. */
    public static final int MAX_TEXT = 400;

    private static final byte VERSION = 1;
    private static final int HEAD = 1 + Long.BYTES;
    private static final int MAX_ENTRY = Long.BYTES + 9;

    public Cursor {
        numbers = Map.copyOf(numbers);
        if (numbers.size() > MAX_STREAMS) {
            throw new IllegalArgumentException("a cursor names at most " + MAX_STREAMS + " streams");
        }
        for (long number : numbers.values()) {
            if (number < 0) {
                throw new IllegalArgumentException("a number in a cursor is not below 0: " + number);
            }
        }
    }

    /** A cursor at these numbers. */
    public static Cursor at(long epoch, Map<StreamName, Long> numbers) {
        Map<Long, Long> byHash = HashMap.newHashMap(numbers.size());
        numbers.forEach((stream, number) -> byHash.put(stream.hash(), number));
        return new Cursor(epoch, byHash);
    }

    /** The last number seen in that stream, or empty if the cursor does not name it. */
    public OptionalLong numberOf(StreamName stream) {
        Long number = numbers.get(stream.hash());
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** The text that clients hold; equal cursors have equal texts. */
    public String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + numbers.size() * MAX_ENTRY);
        bytes.put(VERSION).putLong(epoch);
        new TreeMap<>(numbers).forEach((hash, number) -> {
            bytes.putLong(hash);
            long rest = number;
            while (rest > 0x7f) {
                bytes.put((byte) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            bytes.put((byte) rest);
        });
        ByteBuffer encoded = Base64.getUrlEncoder().withoutPadding().encode(bytes.flip());
        return StandardCharsets.ISO_8859_1.decode(encoded).toString();
    }

    /** The cursor of a text that came from outside; empty if it is none, whatever it is. */
    public static Optional<Cursor> decode(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.remaining() < HEAD || bytes.get() != VERSION) {
            return Optional.empty();
        }
        long epoch = bytes.getLong();
        Map<Long, Long> numbers = new HashMap<>();
        while (bytes.hasRemaining()) {
            if (bytes.remaining() <= Long.BYTES || numbers.size() == MAX_STREAMS) {
                return Optional.empty();
            }
            long hash = bytes.getLong();
            OptionalLong number = readNumber(bytes);
            if (number.isEmpty() || numbers.put(hash, number.getAsLong()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new Cursor(epoch, numbers));
    }

    private static OptionalLong readNumber(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < 63 && bytes.hasRemaining(); shift += 7) {
            byte group = bytes.get();
            number |= (group & 0x7fL) << shift;
            if (group >= 0) {
                return OptionalLong.of(number);
            }
        }
        return OptionalLong.empty();
    }
}
