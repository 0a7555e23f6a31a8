package dev.tidings.websocket.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingTest {
    private static final StreamName ADA = StreamName.ofUser("ada");
    private static final StreamName BOB = StreamName.ofUser("bob");

    @Test
    void a_batch_for_few_streams_is_asked_for_and_one_for_many_is_told_to_all() {
        assertThat(ClusterRouter.tellingIsCheaper(1, 1, 8)).isFalse();
        assertThat(ClusterRouter.tellingIsCheaper(7, 1, 8)).isFalse();
        assertThat(ClusterRouter.tellingIsCheaper(8, 1, 8)).isTrue();
        assertThat(ClusterRouter.tellingIsCheaper(8, 10, 8)).isFalse();
        assertThat(ClusterRouter.tellingIsCheaper(80, 10, 8)).isTrue();
    }

    @Test
    void without_peers_nobody_is_asked() {
        assertThat(ClusterRouter.tellingIsCheaper(1, 0, 8)).isTrue();
    }

    @Test
    void each_holder_gets_its_streams_events_in_order_and_no_others() {
        LoggedEvent a1 = News.event(ADA, 1);
        LoggedEvent b1 = News.event(BOB, 1);
        LoggedEvent a2 = News.event(ADA, 2);

        var byHolder =
                ClusterRouter.byHolder(List.of(a1, b1, a2), Map.of(ADA, List.of("one", "two"), BOB, List.of("two")));

        assertThat(byHolder).containsOnly(Map.entry("one", List.of(a1, a2)), Map.entry("two", List.of(a1, b1, a2)));
    }

    @Test
    void a_stream_that_nobody_holds_goes_nowhere() {
        assertThat(ClusterRouter.byHolder(List.of(News.event(ADA, 1)), Map.of()))
                .isEmpty();
    }
}
