package dev.tidings.devkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidecarVersionTest {

    @ParameterizedTest
    @ValueSource(strings = {"1.18.3", "v1.18.3", "1.18.3-rc.1"})
    void theSameVersionInItsForms(String text) {
        assertThat(SidecarVersion.parse(text)).contains(new SidecarVersion(1, 18, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "edge", "1.18", "Runtime version: 1.18.3"})
    void anythingElseIsNoVersion(String text) {
        assertThat(SidecarVersion.parse(text)).isEmpty();
    }

    @Test
    void numbersCompareAsNumbers() {
        assertThat(new SidecarVersion(1, 9, 11)).isLessThan(new SidecarVersion(1, 18, 3));
        assertThat(new SidecarVersion(1, 18, 10)).isGreaterThan(new SidecarVersion(1, 18, 3));
        assertThat(new SidecarVersion(2, 0, 0)).isGreaterThan(new SidecarVersion(1, 18, 3));
    }
}
