package dev.tidings.websocket.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final StreamName ADA = StreamName.ofUser("ada");

    @Property
    void whatIsEncodedIsDecoded(@ForAll long epoch, @ForAll("numbers") Map<Long, Long> numbers) {
        Cursor cursor = Cursor.ofHashes(epoch, numbers);

        String text = cursor.encode();

        assertThat(text).hasSizeLessThanOrEqualTo(Cursor.MAX_TEXT).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.decode(text)).contains(cursor);
    }

    @Provide
    Arbitrary<Map<Long, Long>> numbers() {
        return Arbitraries.maps(Arbitraries.longs(), Arbitraries.longs().greaterOrEqual(0))
                .ofMaxSize(Cursor.MAX_STREAMS);
    }

    @Property
    void anyTextIsEitherACursorOrNone(@ForAll String text) {
        Cursor.decode(text);
    }

    @Property
    void anyBytesAreEitherACursorThatEncodesOrNone(@ForAll @Size(max = 300) byte[] bytes) {
        bytes = bytes.clone();
        if (bytes.length > 0) {
            bytes[0] = 1;
        }
        Cursor.decode(Base64.getUrlEncoder().encodeToString(bytes))
                .ifPresent(cursor -> assertThat(Cursor.decode(cursor.encode())).contains(cursor));
    }

    @Test
    void aCursorTellsTheNumberOfTheStreamsItNames() {
        Cursor cursor = Cursor.at(5, Map.of(ADA, 42L));

        assertThat(cursor.numberOf(ADA)).hasValue(42);
        assertThat(cursor.numberOf(StreamName.ofUser("bob"))).isEmpty();
    }

    @Test
    void aCursorDoesNotShowAUserId() {
        assertThat(new String(
                        Base64.getUrlDecoder()
                                .decode(Cursor.at(5, Map.of(ADA, 42L)).encode()),
                        StandardCharsets.ISO_8859_1))
                .doesNotContain("ada");
    }

    @Test
    void aCursorCutShortIsNone() {
        String text = Cursor.at(7, Map.of(ADA, 300L)).encode();
        for (int length = 0; length < text.length(); length++) {
            // Cut to the head alone it is whole again: a cursor that names no stream.
            if (length != 12) {
                assertThat(Cursor.decode(text.substring(0, length)))
                        .as("first %s characters", length)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "====", "null", "AAAAAAAAAAAA", "a b", "ü"})
    void whatIsNoCursorIsNone(String text) {
        assertThat(Cursor.decode(text)).isEmpty();
    }

    @Test
    void aTextThatIsTooLongIsNone() {
        assertThat(Cursor.decode("A".repeat(Cursor.MAX_TEXT + 4))).isEmpty();
    }

    @Test
    void aNumberBelowZeroIsRefused() {
        assertThatThrownBy(() -> Cursor.ofHashes(1, Map.of(1L, -1L))).isInstanceOf(IllegalArgumentException.class);
    }
}
