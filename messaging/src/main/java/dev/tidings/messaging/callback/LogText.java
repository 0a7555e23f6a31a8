package dev.tidings.messaging.callback;

import org.jspecify.annotations.Nullable;

/** Text of a stranger, made fit for one line of a log. */
final class LogText {
    private static final int MAX_CHARS = 100;

    private LogText() {}

    static String of(@Nullable String text) {
        if (text == null) {
            return "unknown";
        }
        String cut = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
