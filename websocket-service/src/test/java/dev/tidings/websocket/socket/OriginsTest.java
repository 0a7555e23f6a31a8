package dev.tidings.websocket.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.socket.Origins.OriginCheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    private final Origins origins = new Origins(List.of("https://*.example.com", "http://localhost:[*]"));

    private OriginCheck check(String... values) {
        return origins.check(List.of(values), "http", "tidings.example.org", 8004);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.example.com",
                "http://localhost:8000",
                "http://localhost",
                "http://tidings.example.org:8004",
                "http://TIDINGS.example.org:8004/"
            })
    void pagesOfAnAllowedOriginAndOfTheOwnOneMayConnect(String origin) {
        assertThat(check(origin)).isEqualTo(OriginCheck.ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "https://www.example.com:444",
                "https://example.com.evil.org",
                "http://tidings.example.org",
                "https://tidings.example.org:8004",
                "chrome-extension://abcdef",
                "http://[::1]:80"
            })
    void othersMayNot(String origin) {
        assertThat(check(origin)).isEqualTo(OriginCheck.NOT_ALLOWED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "http://localhost:evil",
                "http://localhost:99999",
                "http://localhost:-1",
                "http://",
                "//localhost",
                "localhost",
                "http://a b",
                "http://a|b",
                "http://[::1",
                "http://localhost/path",
                "http://user@localhost",
                "http://localhost?x",
                "%zz",
                "|",
                "http://a, http://b"
            })
    void aTextThatIsNoOriginIsMalformed(String origin) {
        assertThat(check(origin)).isEqualTo(OriginCheck.MALFORMED);
    }

    @Test
    void twoOriginsAreMalformedAndNoneMeansNoBrowser() {
        assertThat(check("http://localhost", "http://localhost")).isEqualTo(OriginCheck.MALFORMED);
        assertThat(check("")).isEqualTo(OriginCheck.MALFORMED);
        assertThat(check()).isEqualTo(OriginCheck.ALLOWED);
    }
}
