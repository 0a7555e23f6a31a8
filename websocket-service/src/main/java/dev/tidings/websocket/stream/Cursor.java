package dev.tidings.websocket.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The position of a client: the epoch of the log and, per stream, the last number the client has received. Clients hold
 * it as an opaque text ({@link #encode}). A cursor grants no access, because the streams of a connection come from its
 * token alone.
 *
 * <p>The text is base64url of one version byte, eight bytes for the epoch, and per stream eight bytes for the hash of its
 * name and the number as a little-endian base-128 varint.
 *
 * <p>Immutable. Streams are identified by {@link StreamName#hash}. A cursor names at most {@link #MAX_STREAMS} streams,
 * and no number is negative.
 */
public final class Cursor {
    public static final int MAX_STREAMS = 16;
    /** Maximum length of a text that {@link #decode} accepts. */
    public static final int MAX_TEXT = 400;

    private static final byte VERSION = 1;
    private static final int HEAD = 1 + Long.BYTES;
    private static final int MAX_ENTRY = Long.BYTES + 9;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final long epoch;
    /** In ascending order; shared by all cursors of a connection and never changed. */
    private final long[] hashes;
    /** Parallel to {@code hashes}. */
    private final long[] numbers;

    private Cursor(long epoch, long[] hashes, long[] numbers) {
        this.epoch = epoch;
        this.hashes = hashes;
        this.numbers = numbers;
    }

    /** Returns the cursor at these numbers. */
    public static Cursor at(long epoch, Map<StreamName, Long> numbers) {
        TreeMap<Long, Long> byHash = new TreeMap<>();
        numbers.forEach((stream, number) -> byHash.put(stream.hash(), number));
        return ofHashes(epoch, byHash);
    }

    /**
     * Returns the cursor at these numbers, by the hashes of their streams.
     *
     * @throws IllegalArgumentException if there are too many streams or a number is negative
     */
    static Cursor ofHashes(long epoch, Map<Long, Long> numbers) {
        if (numbers.size() > MAX_STREAMS) {
            throw new IllegalArgumentException("a cursor names at most " + MAX_STREAMS + " streams");
        }
        long[] hashes =
                numbers.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        long[] values = Arrays.stream(hashes).map(numbers::get).toArray();
        if (Arrays.stream(values).anyMatch(number -> number < 0)) {
            throw new IllegalArgumentException("a cursor has no negative numbers: " + Arrays.toString(values));
        }
        return new Cursor(epoch, hashes, values);
    }

    public long epoch() {
        return epoch;
    }

    /** Returns the last number received in that stream; empty if the cursor does not name the stream. */
    public OptionalLong numberOf(StreamName stream) {
        int index = Arrays.binarySearch(hashes, stream.hash());
        return index < 0 ? OptionalLong.empty() : OptionalLong.of(numbers[index]);
    }

    /**
     * Returns this cursor with another number for one of its streams.
     *
     * @param hash {@link StreamName#hash} of a stream that the cursor names
     * @param number 0 or more
     */
    public Cursor with(long hash, long number) {
        long[] changed = numbers.clone();
        changed[Arrays.binarySearch(hashes, hash)] = number;
        return new Cursor(epoch, hashes, changed);
    }

    /** Returns whether this cursor has a higher number than {@code other} for a stream that both name. */
    public boolean isAheadOf(Cursor other) {
        for (int i = 0; i < hashes.length; i++) {
            int index = Arrays.binarySearch(other.hashes, hashes[i]);
            if (index >= 0 && numbers[i] > other.numbers[index]) {
                return true;
            }
        }
        return false;
    }

    /** Returns the text that clients hold. Equal cursors have equal texts. */
    public String encode() {
        return new String(encodeAscii(), StandardCharsets.ISO_8859_1);
    }

    /** Returns the bytes of {@link #encode}. */
    byte[] encodeAscii() {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + numbers.length * MAX_ENTRY);
        bytes.put(VERSION).putLong(epoch);
        for (int i = 0; i < hashes.length; i++) {
            bytes.putLong(hashes[i]);
            long rest = numbers[i];
            while (rest > 0x7f) {
                bytes.put((byte) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            bytes.put((byte) rest);
        }
        return ENCODER.encode(Arrays.copyOf(bytes.array(), bytes.position()));
    }

    /** Parses a text from a client. Returns empty for any text that is not a cursor. */
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
        Map<Long, Long> numbers = new TreeMap<>();
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
        return Optional.of(ofHashes(epoch, numbers));
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cursor cursor
                && epoch == cursor.epoch
                && Arrays.equals(hashes, cursor.hashes)
                && Arrays.equals(numbers, cursor.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers) * 31 + Long.hashCode(epoch);
    }

    @Override
    public String toString() {
        return encode();
    }
}
