package dev.tidings.websocket.socket;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SocketLimitsTest {
    @Test
    void settingsHoldWhereFilesAllowThem() {
        assertThat(SocketLimits.within(19_800, 1_500, 15_000, 1_000)).isEqualTo(new SocketLimits(15_000, 1_000));
        assertThat(SocketLimits.within(Long.MAX_VALUE, 1_500, 15_000, 1_000))
                .isEqualTo(new SocketLimits(15_000, 1_000));
    }

    @Test
    void withFewFilesMostSocketsAreForUsers() {
        assertThat(SocketLimits.within(824, 1_500, 15_000, 1_000)).isEqualTo(new SocketLimits(387, 64));
    }

    @Property
    void connectionsAndPendingLoginsTogetherLeaveFilesForRequests(
            @ForAll @IntRange(min = 64, max = 1_000_000) int open,
            @ForAll @IntRange(min = 1, max = 100_000) int anonymousRequests,
            @ForAll @IntRange(min = 1, max = 100_000) int connections,
            @ForAll @IntRange(min = 1, max = 100_000) int pendingLogins) {
        SocketLimits limits = SocketLimits.within(open, anonymousRequests, connections, pendingLogins);
        assertThat(limits.all() + Math.min(anonymousRequests, open / 4)).isLessThan(open);
    }
}
