package dev.tidings.edge.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EscapedMessageTest {
    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of("Order order-1 of user ada, 12.50 €", "Order order-1 of user ada, 12.50 €"),
                Arguments.of("user 😀 ü", "user 😀 ü"),
                Arguments.of("user a\nERROR forged", "user a\\u000aERROR forged"),
                Arguments.of("user \u202Enimda", "user \\u202enimda"),
                Arguments.of("user a\u0085b\u2028c", "user a\\u0085b\\u2028c"),
                Arguments.of("user \u200Dx\uFEFFy", "user \\u200dx\\ufeffy"),
                Arguments.of("user \uD800x", "user \\ud800x"),
                Arguments.of("user \uDB40\uDC01x", "user \\udb40\\udc01x"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatCannotBeSeenIsEscaped(String message, String line) {
        LoggingEvent event = new LoggingEvent(
                "", new LoggerContext().getLogger("x"), Level.INFO, "{}", null, new Object[] {message});

        assertThat(new EscapedMessage().convert(event)).isEqualTo(line);
    }
}
