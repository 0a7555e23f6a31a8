package dev.tidings.edge;

import dev.tidings.edge.problems.FieldError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Validates paths and queries before they are decoded. Pure functions. */
final class UriText {
    private static final int MAX_SHOWN = 64;

    private UriText() {}

    /**
     * Returns the first mistake.
     *
     * @param path as sent, percent-encoded
     * @param query as sent; null if there is none
     */
    static Optional<FieldError> mistakeIn(String path, @Nullable String query) {
        String message = mistakeInPath(path);
        if (message != null) {
            return Optional.of(new FieldError("path", message));
        }
        if (query == null) {
            return Optional.empty();
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String mistake = mistakeIn(name);
            if (mistake == null && equals >= 0) {
                mistake = mistakeIn(pair.substring(equals + 1));
            }
            if (mistake != null) {
                return Optional.of(new FieldError(shown(name), mistake));
            }
        }
        return Optional.empty();
    }

    private static @Nullable String mistakeInPath(String path) {
        if (!path.startsWith("/")) {
            return "must begin with a slash";
        }
        if (path.indexOf(';') >= 0) {
            // Spring removes it and the rest of the segment, so `/products/a;b` would mean product `a`.
            return "must have a semicolon as %3B only";
        }
        for (String segment : path.split("/", -1)) {
            String name = segment.replaceAll("(?i)%2e", ".");
            if (name.equals(".") || name.equals("..")) {
                return "must not have segments that are a dot or two dots";
            }
        }
        return mistakeIn(path);
    }

    /** Returns null if the text decodes to UTF-8 characters without NUL. */
    private static @Nullable String mistakeIn(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
                int low = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0 || encoded.charAt(i + 1) > 'f' || encoded.charAt(i + 2) > 'f') {
                    return "has a percent sign that is not followed by two hexadecimal digits";
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                byte[] raw = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
                if (Character.isSurrogate(c)) {
                    // A surrogate pair that was sent unencoded.
                    continue;
                }
                bytes.write(raw, 0, raw.length);
            }
        }
        try {
            CharSequence text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return text.toString().indexOf('\0') < 0 ? null : "must not have a NUL character";
        } catch (CharacterCodingException e) {
            return "is not UTF-8 when it is decoded";
        }
    }

    private static String shown(String name) {
        String printable = name.replaceAll("[^A-Za-z0-9_.\\-\\[\\]]", "?");
        return printable.length() <= MAX_SHOWN ? printable : printable.substring(0, MAX_SHOWN);
    }
}
