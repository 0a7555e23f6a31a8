package dev.tidings.websocket.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PendingLoginsTest {
    private final PendingLogins<String> strangers = new PendingLogins<>(2);

    @Test
    void theOldestLeavesForANewcomerBeyondTheBound() {
        assertThat(strangers.arrived("a", false)).isEmpty();
        assertThat(strangers.arrived("b", false)).isEmpty();
        assertThat(strangers.arrived("c", false)).hasValue("a");
        assertThat(strangers.waiting()).isEqualTo(2);
    }

    @Test
    void whoHasLoggedInLeavesNoTrace() {
        strangers.arrived("a", false);
        strangers.arrived("b", false);
        strangers.gone("a");
        assertThat(strangers.arrived("c", false)).isEmpty();
    }

    @Test
    void aSocketWhoseTokenIsBeingVerifiedStays() {
        strangers.arrived("by url", true);
        strangers.arrived("by message", false);
        strangers.sentToken("by message");
        assertThat(strangers.arrived("silent", false)).hasValue("silent");
        assertThat(strangers.arrived("another", true)).hasValue("by url");
        assertThat(strangers.waiting()).isEqualTo(2);
    }

    @Test
    void aTokenSentAfterTheRefusalGivesNoPlaceBack() {
        strangers.arrived("a", false);
        strangers.leaves("a");
        strangers.sentToken("a");
        assertThat(strangers.waiting()).isZero();
    }

    @Test
    void theOldestOfThoseThatDoNotLeaveIsCut() {
        assertThat(strangers.leaves("a")).isEmpty();
        assertThat(strangers.leaves("b")).isEmpty();
        assertThat(strangers.leaves("c")).hasValue("a");
    }

    /** Whatever strangers do, the open sockets among them are at most twice the places. */
    @Property
    void thereAreNeverMoreThanTwiceThePlaces(
            @ForAll @IntRange(min = 1, max = 5) int places,
            @ForAll @Size(max = 60) List<@IntRange(max = 19) Integer> steps) {
        PendingLogins<Integer> room = new PendingLogins<>(places);
        Set<Integer> open = new HashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            int step = steps.get(i);
            if (step < 10 || open.isEmpty()) {
                open.add(i);
                room.arrived(i, step % 3 == 0)
                        .ifPresent(oldest -> room.leaves(oldest).ifPresent(open::remove));
            } else {
                int one = open.stream().skip(step % open.size()).findFirst().orElseThrow();
                if (step % 5 == 0) {
                    room.sentToken(one);
                } else if (step % 2 == 0) {
                    room.leaves(one).ifPresent(open::remove);
                } else {
                    room.gone(one);
                    open.remove(one);
                }
            }
            assertThat(open.size()).isLessThanOrEqualTo(2 * places);
            assertThat(room.waiting()).isLessThanOrEqualTo(places);
        }
    }
}
