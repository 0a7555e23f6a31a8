package dev.tidings.websocket.cluster.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.events.UserId;
import dev.tidings.websocket.cluster.peers.PeerQueue.PeerBatch;
import dev.tidings.websocket.cluster.registry.StreamEntry;
import dev.tidings.websocket.stream.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushMessageTest {
    @Test
    void a_batch_arrives_as_it_was_sent() {
        PeerBatch batch = new PeerBatch(
                true,
                List.of(
                        TestEvents.event(StreamName.ofUser("ada \"ü\" ||"), 1),
                        TestEvents.event(StreamName.ofRole("admin"), Long.MAX_VALUE)),
                List.of(StreamName.ofUser("bob")));
        assertThat(PushMessage.decode(PushMessage.encode(batch))).isEqualTo(batch);
    }

    @Property(tries = 300)
    void any_user_id_travels_unchanged_between_replicas_and_through_the_key(
            @ForAll @StringLength(min = 1, max = 128) String id) {
        Assume.that(UserId.isValid(id));
        StreamName stream = StreamName.ofUser(id);
        PeerBatch batch = new PeerBatch(false, List.of(TestEvents.event(stream, 1)), List.of());

        assertThat(PushMessage.decode(PushMessage.encode(batch))).isEqualTo(batch);
        String key = StreamEntry.key(stream);
        assertThat(key).matches("[a-zA-Z0-9:_-]+");
        byte[] name = Base64.getUrlDecoder().decode(key.substring(key.lastIndexOf(':') + 1));
        assertThat(new String(name, StandardCharsets.UTF_8)).isEqualTo(stream.value());
    }

    @Test
    void fields_of_a_later_version_are_passed_over() {
        byte[] later = "{\"sweep\":true,\"events\":[],\"mood\":\"good\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(PushMessage.decode(later)).isEqualTo(new PeerBatch(true, List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"sweep\":true}", "{\"events\":[{\"stream\":\"nobody\"}]}"})
    void anything_else_is_refused(String body) {
        assertThatThrownBy(() -> PushMessage.decode(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
