package dev.tidings.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordKeyTest {
    @Test
    void aKeyOfTextIsThatText() {
        for (String key : new String[] {"student-1", "auth0|123", "a b+c", "100%", "Zoë", "😀", "%41"}) {
            assertThat(RecordKey.text(RecordKey.header(key))).isEqualTo(key);
        }
    }

    @Test
    void aBinaryKeyKeepsItsEscapedForm() {
        assertThat(RecordKey.text("%00%00%00%00%00%00%12g")).isEqualTo("%00%00%00%00%00%00%12g");
        assertThat(RecordKey.text("%FF")).isEqualTo("%FF");
        assertThat(RecordKey.text(RecordKey.header("%FF")))
                .as("also on a replay")
                .isEqualTo("%FF");
    }

    @Test
    void whatIsNotEscapedRightlyStandsForItself() {
        assertThat(RecordKey.text("100%")).isEqualTo("100%");
        assertThat(RecordKey.text("%zz")).isEqualTo("%zz");
        assertThat(RecordKey.text("%4")).isEqualTo("%4");
    }

    @Test
    void noKeyAndOneThatIsTooLongForAnIndexAreNone() {
        assertThat(RecordKey.text(null)).isNull();
        assertThat(RecordKey.text("")).isNull();
        assertThat(RecordKey.text("x".repeat(300))).isNull();
    }
}
