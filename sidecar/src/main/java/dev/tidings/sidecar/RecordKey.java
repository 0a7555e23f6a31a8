package dev.tidings.sidecar;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Converts keys of Kafka records. The sidecar escapes a key as in a URL ({@code escapeHeaders} of the component), since a key may
 * be any bytes and a header may not. Pure functions.
 */
public final class RecordKey {
    /** The header in which Dapr's Kafka component sends the key; in bulk deliveries a field of the entry's metadata. */
    public static final String HEADER = "__key";

    /** The field of the entry's metadata with the topic of the record. */
    static final String TOPIC = "__topic";

    private RecordKey() {}

    /**
     * Returns the key if it is UTF-8 text, else the escaped form; null if it is too long for an index.
     *
     * @param escaped the key as the sidecar sent it
     */
    public static @Nullable String text(@Nullable String escaped) {
        if (escaped == null) {
            return null;
        }
        String text = EventNames.name(unescaped(escaped));
        return text == null ? EventNames.name(escaped) : text;
    }

    /** Returns the header for a key that {@link #text} returned. */
    public static String header(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Returns null if the key is not UTF-8. A malformed escape stays as it is. */
    private static @Nullable String unescaped(String escaped) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
        byte[] characters = escaped.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < characters.length; i++) {
            int high = characters[i] == '%' && i + 2 < characters.length ? Character.digit(characters[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(characters[i + 2], 16);
            if (low >= 0) {
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(characters[i] == '+' ? ' ' : characters[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
