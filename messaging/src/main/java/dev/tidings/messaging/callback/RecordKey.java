package dev.tidings.messaging.callback;

import dev.tidings.messaging.inbox.EventNames;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The key of a Kafka record as the sidecar hands it over: escaped as in a URL ({@code escapeHeaders} of the component), since a
 * key may be any bytes and a header may not. Pure functions.
 */
public final class RecordKey {
    /** Set by Dapr's Kafka component on callbacks, and in the metadata of a bulk. */
    public static final String HEADER = "__key";

    private RecordKey() {}

    /**
     * @param escaped as it came
     * @return the key if it is text, else the escaped form; null if it is too long for an index
     */
    public static @Nullable String text(@Nullable String escaped) {
        if (escaped == null) {
            return null;
        }
        String text = EventNames.name(unescaped(escaped));
        return text == null ? EventNames.name(escaped) : text;
    }

    /** What the sidecar would hand over for a key of {@link #text}. */
    public static String header(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Null if it is no UTF-8. What is not escaped rightly stands for itself. */
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
