package dev.tidings.websocket.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseTableTest {
    private static final Duration TTL = Duration.ofSeconds(8);
    private long version;
    private LeaseTable table = LeaseTable.empty(TTL);

    @Test
    void a_replica_seen_for_the_first_time_is_live_whatever_its_counter_says() {
        look(100, member("a", 7_000));
        assertThat(table.isLive("a")).isTrue();
        assertThat(table.live()).extracting(Member::incarnation).containsExactly("a");
    }

    @Test
    void a_counter_that_moves_keeps_the_lease() {
        for (int second = 0; second < 60; second += 2) {
            look(second, member("a", second));
        }
        assertThat(table.isLive("a")).isTrue();
    }

    @Test
    void a_counter_that_stands_still_for_the_whole_ttl_ends_the_lease() {
        look(0, member("a", 1));
        look(2, member("a", 1));
        look(4, member("a", 1));
        look(6, member("a", 1));
        assertThat(table.isLive("a")).isTrue();
        look(8, member("a", 1));
        assertThat(table.isLive("a")).isFalse();
        assertThat(table.names("a")).isTrue();
        assertThat(table.live()).isEmpty();
    }

    @Test
    void an_ended_lease_lives_again_when_its_counter_moves() {
        look(0, member("a", 1));
        look(4, member("a", 1));
        look(8, member("a", 1));
        look(10, member("a", 2));
        assertThat(table.isLive("a")).isTrue();
    }

    @Test
    void a_reader_that_was_blind_calls_nobody_dead_at_its_first_look() {
        look(0, member("a", 1));
        look(3_600, member("a", 1));
        assertThat(table.isLive("a")).isTrue();
        look(3_604, member("a", 1));
        assertThat(table.isLive("a")).isFalse();
    }

    @Test
    void who_is_not_in_the_list_is_gone() {
        look(0, member("a", 1), member("b", 1));
        look(2, member("b", 2));
        assertThat(table.names("a")).isFalse();
        assertThat(table.isLive("a")).isFalse();
    }

    @Test
    void an_older_list_read_late_changes_nothing() {
        MemberList old = new MemberList("epoch", 1, List.of(member("a", 1)));
        MemberList young = new MemberList("epoch", 2, List.of(member("a", 2), member("b", 1)));
        table = table.observe(young, 0).observe(old, 1);
        assertThat(table.isLive("b")).isTrue();
    }

    @Test
    void the_list_of_an_emptied_store_is_believed_though_its_version_is_lower() {
        MemberList before = new MemberList("epoch", 900, List.of(member("a", 1)));
        MemberList after = new MemberList("another", 1, List.of(member("b", 1)));
        table = table.observe(before, 0).observe(after, 1);
        assertThat(table.live()).extracting(Member::incarnation).containsExactly("b");
    }

    private void look(long second, Member... members) {
        table = table.observe(
                new MemberList("epoch", ++version, List.of(members)),
                Duration.ofSeconds(second).toNanos());
    }

    private static Member member(String incarnation, long counter) {
        return new Member(incarnation, "replica-" + incarnation, incarnation + ":1", counter);
    }
}
