package dev.tidings.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriTextTest {
    @ParameterizedTest
    @CsvSource({
        "/a, x=%zz, x",
        "/a, x=%f, x",
        "/a, x=%, x",
        "/a, a=b&%ff=1, ?ff",
        "/a, y=%00, y",
        "/a, y=%c0%80, y",
        "/a, y=%ed%a0%80, y",
        "/a/../b, '', path",
        "/a/%2E%2e, '', path",
        "/a/.;x/b, '', path",
        "/a;b, '', path",
        "/%00, '', path",
        "/%ff, '', path",
        "*, '', path"
    })
    void aMistakeIsNamed(String path, String query, String field) {
        assertThat(UriText.mistakeIn(path, query))
                .hasValueSatisfying(error -> assertThat(error.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @CsvSource({
        "/a, a=b&c",
        "/users/a%2fb%25%5C%3B, q=%C3%A9;",
        "/..., x=|{}^",
        "/a, ''",
        "/a, &&=&x==",
        "/, x=%F0%9F%98%80"
    })
    void whatCanBeDecodedPasses(String path, String query) {
        assertThat(UriText.mistakeIn(path, query)).isEmpty();
    }

    @Property
    void everyTextWithoutNulCanBeSent(@ForAll String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        assertThat(UriText.mistakeIn("/", "x=" + encoded).isEmpty()).isEqualTo(text.indexOf('\0') < 0);
    }

    @Property
    void noTextMakesTheCheckFail(@ForAll String path, @ForAll String query) {
        assertThat(UriText.mistakeIn("/" + path, query)).isNotNull();
    }
}
