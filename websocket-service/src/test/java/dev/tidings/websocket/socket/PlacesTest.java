package dev.tidings.websocket.socket;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlacesTest {
    @Test
    void settingsHoldWhereFilesAllowThem() {
        assertThat(Places.within(20_000, 15_000, 1_000)).isEqualTo(new Places(15_000, 1_000));
        assertThat(Places.within(Long.MAX_VALUE, 15_000, 1_000)).isEqualTo(new Places(15_000, 1_000));
    }

    @Test
    void fewFilesLeaveMostPlacesToConnections() {
        assertThat(Places.within(1_024, 15_000, 1_000)).isEqualTo(new Places(576, 96));
    }

    @Property
    void socketsNeverTakeAllFiles(
            @ForAll @IntRange(min = 64, max = 1_000_000) int files,
            @ForAll @IntRange(min = 1, max = 100_000) int connections,
            @ForAll @IntRange(min = 1, max = 100_000) int strangers) {
        assertThat(Places.within(files, connections, strangers).all()).isLessThan(files);
    }
}
