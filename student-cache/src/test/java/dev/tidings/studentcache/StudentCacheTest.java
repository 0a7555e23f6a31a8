package dev.tidings.studentcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.sidecar.state.FakeStateStore;
import dev.tidings.sidecar.state.StateStoreException;
import dev.tidings.studentcache.Lookup.Hit;
import dev.tidings.studentcache.Lookup.Miss;
import dev.tidings.studentcache.Lookup.MissReason;
import dev.tidings.studentcache.Lookup.Ticket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.IntNode;

/** The rule under whatever befalls the store, and under every order of events that a seed leads to. */
class StudentCacheTest {
    private static final String STUDENT = "student-1";

    private final FakeStateStore store = new FakeStateStore();
    private final AtomicLong generations = new AtomicLong();
    private final StudentCache cache = new StudentCache(store, () -> "generation-" + generations.incrementAndGet());

    @Test
    void a_store_that_is_away_is_a_miss_without_a_ticket_and_fails_no_reader() {
        store.fallSilent();
        assertThat(cache.find(Screen.HOME, STUDENT)).isEqualTo(new Miss(MissReason.UNAVAILABLE, null));
        assertThat(cache.put(new Ticket("key", "generation"), new IntNode(1))).isFalse();
    }

    @Test
    void an_invalidation_that_cannot_be_promised_fails() {
        store.fallSilent();
        assertThatThrownBy(() -> cache.invalidate(STUDENT)).isInstanceOf(StateStoreException.class);
    }

    @Test
    void nothing_older_than_an_invalidation_is_served_in_any_order_of_events() {
        long seed = new Random().nextLong();
        int hits = 0;
        for (int run = 0; run < 2_000; run++) {
            hits += new Scenario(seed + run).play();
        }
        assertThat(hits).as("the cache served something at all; seed %d", seed).isPositive();
    }

    /** Readers, writers and misfortunes, each of which may come between any two calls of another. */
    private final class Scenario {
        private final long seed;
        private final Random random;
        /** The database: a number that each commit raises. */
        private int committed;
        /** What was committed when the last invalidation that succeeded began. */
        private int invalidated;

        private int depth;
        private int hits;

        Scenario(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        int play() {
            store.beforeEachCall(this::perhapsSomethingElse);
            for (int step = 0; step < 30; step++) {
                something();
            }
            store.beforeEachCall(() -> {});
            store.loseAnswersOfWrites(0);
            return hits;
        }

        private void perhapsSomethingElse() {
            if (depth < 3 && random.nextInt(4) == 0) {
                depth++;
                something();
                depth--;
            }
        }

        private void something() {
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3, 4 -> readScreen();
                case 5 -> changeData();
                case 6 -> store.lose(random.nextBoolean() ? Screen.HOME.key(STUDENT) : "student:generation:" + STUDENT);
                default -> store.loseAnswersOfWrites(random.nextInt(4) == 0 ? Integer.MAX_VALUE : 0);
            }
        }

        private void readScreen() {
            int mustShow = invalidated;
            switch (cache.find(Screen.HOME, STUDENT)) {
                case Hit(var screen) -> {
                    hits++;
                    assertThat(screen.intValue()).as("seed %d", seed).isGreaterThanOrEqualTo(mustShow);
                }
                case Miss(var reason, var ticket) -> {
                    int seen = committed;
                    if (ticket != null) {
                        perhapsSomethingElse();
                        cache.put(ticket, new IntNode(seen));
                    }
                }
            }
        }

        private void changeData() {
            int mine = ++committed;
            try {
                cache.invalidate(STUDENT);
                invalidated = Math.max(invalidated, mine);
            } catch (StateStoreException e) {
                // To be tried again by the worker; until then the old screen may be served.
            }
        }
    }
}
