package dev.tidings.websocket.cluster.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HolderCacheTest {
    private static final StreamName ADA = StreamName.ofUser("ada");
    private static final StreamName BOB = StreamName.ofUser("bob");
    private static final long NOW = Long.MAX_VALUE - 5; // The clock may wrap: only differences count.

    private final HolderCache cache = new HolderCache();

    @Test
    void an_entry_is_used_until_it_expires() {
        read(Map.of(ADA, List.of("one"), BOB, List.of()));

        long justBefore = NOW + Duration.ofSeconds(30).toNanos() - 1;
        assertThat(cache.cached(events(ADA, BOB), justBefore)).isEqualTo(Map.of(ADA, List.of("one"), BOB, List.of()));
        assertThat(cache.cached(events(ADA, BOB), justBefore + 1)).isEmpty();
    }

    @Test
    void a_notice_removes_the_entry_and_returns_the_latest_event_that_was_routed_by_it() {
        read(Map.of(ADA, List.of(), BOB, List.of("one")));
        cache.cached(List.of(TestEvents.event(ADA, 1), TestEvents.event(ADA, 2)), NOW);

        assertThat(cache.changed(List.of(ADA, BOB))).containsExactly(TestEvents.event(ADA, 2));
        assertThat(cache.changed(List.of(ADA, BOB))).isEmpty();
        assertThat(cache.cached(events(ADA, BOB), NOW)).isEmpty();
    }

    @Test
    void what_changed_during_the_read_is_not_stored() {
        cache.reading(List.of(ADA, BOB));
        cache.changed(List.of(ADA));
        cache.read(Map.of(ADA, List.of(), BOB, List.of("one")), NOW);

        assertThat(cache.cached(events(ADA, BOB), NOW)).isEqualTo(Map.of(BOB, List.of("one")));
    }

    @Test
    void a_read_that_began_before_the_cache_was_emptied_is_not_stored() {
        cache.reading(List.of(ADA));
        cache.clear();
        cache.read(Map.of(ADA, List.of("one")), NOW);

        assertThat(cache.cached(events(ADA), NOW)).isEmpty();
    }

    @Test
    void the_number_of_entries_is_bounded() {
        for (int i = 0; i <= 20_000; i++) {
            read(Map.of(StreamName.ofUser("user-" + i), List.of()));
        }
        assertThat(cache.cached(events(StreamName.ofUser("user-0")), NOW)).isEmpty();
        assertThat(cache.cached(events(StreamName.ofUser("user-1")), NOW)).hasSize(1);
    }

    private void read(Map<StreamName, Collection<String>> holders) {
        cache.reading(holders.keySet());
        cache.read(holders, NOW);
    }

    private static List<LoggedEvent> events(StreamName... streams) {
        return List.of(streams).stream()
                .map(stream -> TestEvents.event(stream, 1))
                .toList();
    }
}
