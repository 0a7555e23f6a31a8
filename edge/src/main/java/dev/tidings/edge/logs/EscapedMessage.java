package dev.tidings.edge.logs;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Locale;

/**
 * Converts a log event to its message and writes invisible characters as <code>&#92;uXXXX</code>: control
 * and format characters (bidirectional overrides among them), line separators and unpaired surrogates.
 */
public final class EscapedMessage extends MessageConverter {
    /** Its message has several lines and is written before the service accepts requests. */
    private static final String REPORT_OF_A_FAILED_START =
            "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter";

    @Override
    public String convert(ILoggingEvent event) {
        String message = super.convert(event);
        return message == null || event.getLoggerName().equals(REPORT_OF_A_FAILED_START) ? message : visible(message);
    }

    /** Returns the text with its invisible characters escaped. */
    static String visible(String message) {
        return isPlain(message) ? message : escaped(message);
    }

    /** Returns quickly for ASCII, since nearly all lines are. */
    private static boolean isPlain(String message) {
        for (int i = 0; i < message.length(); i++) {
            char unit = message.charAt(i);
            if (unit < ' ' || unit > '~') {
                return message.codePoints().noneMatch(EscapedMessage::isInvisible);
            }
        }
        return true;
    }

    private static String escaped(String message) {
        StringBuilder line = new StringBuilder(message.length() + 16);
        message.codePoints().forEach(character -> {
            if (!isInvisible(character)) {
                line.appendCodePoint(character);
                return;
            }
            for (char unit : Character.toChars(character)) {
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
            }
        });
        return line.toString();
    }

    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
