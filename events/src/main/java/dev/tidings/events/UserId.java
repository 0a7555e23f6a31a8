package dev.tidings.events;

import java.util.Locale;

/**
 * Defines which texts are user ids. Tokens ({@code sub}), events (recipients), HTTP paths and parameters, stream names and the
 * browser library share this one definition; {@code user-ids.json} beside this class has examples that all of them are tested with.
 *
 * <p>A user id is an opaque string of 1 to {@value #MAX_LENGTH} Unicode code points. It is never trimmed, normalized or
 * compared without case. Refused is only what some hop cannot carry unchanged:
 *
 * <ul>
 *   <li>control characters (category Cc) and line or paragraph separators (Zl, Zp): they break lines of logs and headers;
 *   <li>unpaired surrogates: they have no UTF-8 form;
 *   <li>a space (category Zs) at either end: HTTP headers and forms trim it;
 *   <li>{@code ||}: Dapr reserves it in the keys of state stores;
 *   <li>{@code .} and {@code ..}: URLs resolve them, percent-encoded too.
 * </ul>
 *
 * <p>All other characters are accepted, format characters such as a bidirectional override included; log lines escape them.
 */
public final class UserId {
    /** In Unicode code points. */
    public static final int MAX_LENGTH = 128;

    private UserId() {}

    /** Returns whether the text is a user id. */
    public static boolean isValid(String text) {
        return complaint(text).isEmpty();
    }

    /**
     * Says what keeps a text from being a user id.
     *
     * @return a predicate such as {@code holds the control character U+0085}; empty if the text is a user id. It never holds a
     *     part of the text as it stands.
     */
    public static String complaint(String text) {
        if (text.isEmpty()) {
            return "is empty";
        }
        if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
            return "is longer than " + MAX_LENGTH + " characters";
        }
        if (text.equals(".") || text.equals("..")) {
            return "is '" + text + "', which no URL can carry";
        }
        if (text.contains("||")) {
            return "holds '||'";
        }
        if (isSpace(text.codePointAt(0)) || isSpace(text.codePointBefore(text.length()))) {
            return "starts or ends with a space";
        }
        return text.codePoints()
                .mapToObj(UserId::complaint)
                .filter(complaint -> !complaint.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String complaint(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> "holds the control character " + name(character);
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                "holds the line separator " + name(character);
            case Character.SURROGATE -> "holds the unpaired surrogate " + name(character);
            default -> "";
        };
    }

    private static boolean isSpace(int character) {
        return Character.getType(character) == Character.SPACE_SEPARATOR;
    }

    private static String name(int character) {
        return String.format(Locale.ROOT, "U+%04X", character);
    }
}
