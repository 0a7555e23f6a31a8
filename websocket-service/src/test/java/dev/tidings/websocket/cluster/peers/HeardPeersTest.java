package dev.tidings.websocket.cluster.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class HeardPeersTest {
    private final HeardPeers heard = new HeardPeers();

    @Test
    void a_peer_that_announces_itself_before_it_is_listed_stays_known_while_others_go() {
        assertThat(heard.add("early", "own")).isTrue();

        heard.forget(Set.of("other"));

        assertThat(heard.contains("early", "own")).isTrue();
        assertThat(heard.add("early", "own")).isFalse();
    }

    @Test
    void a_push_that_arrives_while_this_replica_joins_anew_stays_known() {
        heard.add("peer", "former");
        heard.add("peer", "present");

        heard.keepOnly("present");

        assertThat(heard.contains("peer", "present")).isTrue();
        assertThat(heard.contains("peer", "former")).isFalse();
    }

    @Test
    void a_push_to_a_former_incarnation_says_nothing_about_the_present_one() {
        heard.add("peer", "former");

        assertThat(heard.contains("peer", "present")).isFalse();
        assertThat(heard.add("peer", "present")).isTrue();
    }

    @Test
    void a_peer_that_is_gone_is_forgotten() {
        heard.add("peer", "own");

        heard.forget(Set.of("peer"));

        assertThat(heard.contains("peer", "own")).isFalse();
    }
}
