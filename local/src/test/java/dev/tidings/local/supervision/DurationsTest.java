package dev.tidings.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @Test
    void aLengthOfTimeIsANumberAndAUnit() {
        assertThat(Durations.parse("30s")).isEqualTo(Duration.ofSeconds(30));
        assertThat(Durations.parse("15m")).isEqualTo(Duration.ofMinutes(15));
        assertThat(Durations.parse("1h")).isEqualTo(Duration.ofHours(1));
        assertThat(Durations.parse("7d")).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "h", "0s", "-1h", "1.5h", "1 h", "1H", "9999999999d"})
    void anythingElseIsRefusedWithWordsThatShowHowToWriteIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage("'" + text + "' is no length of time; write 30s, 15m, 1h or 7d");
    }

    @Test
    void shortTimesAreShownInSecondsWithOneDecimal() {
        assertThat(Durations.inWords(Duration.ofMillis(12_345))).isEqualTo("12.3 s");
    }
}
