package dev.tidings.websocket.socket;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlacesTest {
    @Test
    void settingsHoldWhereFilesAllowThem() {
        assertThat(Places.within(19_800, 1_500, 15_000, 1_000)).isEqualTo(new Places(15_000, 1_000));
        assertThat(Places.within(Long.MAX_VALUE, 1_500, 15_000, 1_000)).isEqualTo(new Places(15_000, 1_000));
    }

    @Test
    void fewFilesLeaveMostPlacesToConnections() {
        assertThat(Places.within(824, 1_500, 15_000, 1_000)).isEqualTo(new Places(387, 64));
    }

    @Property
    void socketsAndStrangersTogetherNeverTakeAll(
            @ForAll @IntRange(min = 64, max = 1_000_000) int open,
            @ForAll @IntRange(min = 1, max = 100_000) int strangerRequests,
            @ForAll @IntRange(min = 1, max = 100_000) int connections,
            @ForAll @IntRange(min = 1, max = 100_000) int strangers) {
        Places places = Places.within(open, strangerRequests, connections, strangers);
        assertThat(places.all() + Math.min(strangerRequests, open / 4)).isLessThan(open);
    }
}
