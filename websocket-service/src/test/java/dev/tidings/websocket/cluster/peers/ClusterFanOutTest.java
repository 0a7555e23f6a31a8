package dev.tidings.websocket.cluster.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterFanOutTest {
    private static final StreamName ADA = StreamName.ofUser("ada");
    private static final StreamName BOB = StreamName.ofUser("bob");

    @Test
    void a_batch_for_few_streams_is_asked_for_and_one_for_many_is_told_to_all() {
        assertThat(ClusterFanOut.isBroadcastCheaper(1, 1, 8)).isFalse();
        assertThat(ClusterFanOut.isBroadcastCheaper(7, 1, 8)).isFalse();
        assertThat(ClusterFanOut.isBroadcastCheaper(8, 1, 8)).isTrue();
        assertThat(ClusterFanOut.isBroadcastCheaper(8, 10, 8)).isFalse();
        assertThat(ClusterFanOut.isBroadcastCheaper(80, 10, 8)).isTrue();
    }

    @Test
    void without_peers_nobody_is_asked() {
        assertThat(ClusterFanOut.isBroadcastCheaper(1, 0, 8)).isTrue();
    }

    @Test
    void each_holder_gets_its_streams_events_in_order_and_no_others() {
        LoggedEvent a1 = TestEvents.event(ADA, 1);
        LoggedEvent b1 = TestEvents.event(BOB, 1);
        LoggedEvent a2 = TestEvents.event(ADA, 2);

        var byHolder =
                ClusterFanOut.byHolder(List.of(a1, b1, a2), Map.of(ADA, List.of("one", "two"), BOB, List.of("two")));

        assertThat(byHolder).containsOnly(Map.entry("one", List.of(a1, a2)), Map.entry("two", List.of(a1, b1, a2)));
    }

    @Test
    void a_stream_that_nobody_holds_goes_nowhere() {
        assertThat(ClusterFanOut.byHolder(List.of(TestEvents.event(ADA, 1)), Map.of()))
                .isEmpty();
    }
}
