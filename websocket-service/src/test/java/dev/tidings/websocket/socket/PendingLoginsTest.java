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
    private final PendingLogins<String> logins = new PendingLogins<>(2);

    @Test
    void theOldestIsClosedForANewOneAboveTheLimit() {
        assertThat(logins.arrived("a", false)).isEmpty();
        assertThat(logins.arrived("b", false)).isEmpty();
        assertThat(logins.arrived("c", false)).hasValue("a");
        assertThat(logins.waiting()).isEqualTo(2);
    }

    @Test
    void aSocketThatHasLoggedInIsNoLongerCounted() {
        logins.arrived("a", false);
        logins.arrived("b", false);
        logins.gone("a");
        assertThat(logins.arrived("c", false)).isEmpty();
    }

    @Test
    void aSocketWhoseTokenIsBeingVerifiedStays() {
        logins.arrived("by url", true);
        logins.arrived("by message", false);
        logins.sentToken("by message");
        assertThat(logins.arrived("silent", false)).hasValue("silent");
        assertThat(logins.arrived("another", true)).hasValue("by url");
        assertThat(logins.waiting()).isEqualTo(2);
    }

    @Test
    void aTokenThatIsSentAfterTheRejectionChangesNothing() {
        logins.arrived("a", false);
        logins.leaves("a");
        logins.sentToken("a");
        assertThat(logins.waiting()).isZero();
    }

    @Test
    void theOldestRejectedSocketThatDoesNotCloseIsCut() {
        assertThat(logins.leaves("a")).isEmpty();
        assertThat(logins.leaves("b")).isEmpty();
        assertThat(logins.leaves("c")).hasValue("a");
    }

    /** Whatever unauthenticated clients do, their open sockets are at most twice the limit of pending logins. */
    @Property
    void thereAreNeverMoreThanTwiceTheLimit(
            @ForAll @IntRange(min = 1, max = 5) int limit,
            @ForAll @Size(max = 60) List<@IntRange(max = 19) Integer> steps) {
        PendingLogins<Integer> pending = new PendingLogins<>(limit);
        Set<Integer> open = new HashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            int step = steps.get(i);
            if (step < 10 || open.isEmpty()) {
                open.add(i);
                pending.arrived(i, step % 3 == 0)
                        .ifPresent(oldest -> pending.leaves(oldest).ifPresent(open::remove));
            } else {
                int one = open.stream().skip(step % open.size()).findFirst().orElseThrow();
                if (step % 5 == 0) {
                    pending.sentToken(one);
                } else if (step % 2 == 0) {
                    pending.leaves(one).ifPresent(open::remove);
                } else {
                    pending.gone(one);
                    open.remove(one);
                }
            }
            assertThat(open.size()).isLessThanOrEqualTo(2 * limit);
            assertThat(pending.waiting()).isLessThanOrEqualTo(limit);
        }
    }
}
