package dev.tidings.tutoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSlotTest {
    @ParameterizedTest
    @ValueSource(strings = {"00:00", "09:05", "16:00", "23:59"})
    void hoursAndMinutesOfADayAreASlot(String text) {
        assertThat(TimeSlot.parse(text))
                .hasValueSatisfying(time -> assertThat(TimeSlot.format(time)).isEqualTo(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "16", "4:00", "24:00", "16:60", "16:00:00", "4pm", " 16:00", "16:00\n", "١٦:٠٠", "-1:00"})
    void anythingElseIsNone(String text) {
        assertThat(TimeSlot.parse(text)).isEmpty();
    }
}
