package dev.tidings.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "order.created", "Zoë 😀", "urn:uuid:1"})
    void aTextThatCanStandInAnIndexAndInALineOfTheLogIsAName(String text) {
        assertThat(EventNames.name(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "a\0b", "\u0085", "half \ud83d of a character"})
    void anyOtherTextIsNone(String text) {
        assertThat(EventNames.name(text)).isNull();
    }

    @Test
    void noTextIsNone() {
        assertThat(EventNames.name((String) null)).isNull();
    }

    @Test
    void aNameHasAtMost256Characters() {
        assertThat(EventNames.name("x".repeat(256))).hasSize(256);
        assertThat(EventNames.name("x".repeat(257))).isNull();
    }

    @Test
    void theSameBytesAreTheSameEventAndOthersAnother() {
        assertThat(EventNames.fingerprint("abc".getBytes(UTF_8)))
                .isEqualTo("sha256-ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                .isNotEqualTo(EventNames.fingerprint("abd".getBytes(UTF_8)));
    }
}
