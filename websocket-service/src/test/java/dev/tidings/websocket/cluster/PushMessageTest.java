package dev.tidings.websocket.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.websocket.cluster.Backlog.Batch;
import dev.tidings.websocket.stream.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushMessageTest {
    @Test
    void a_batch_arrives_as_it_was_sent() {
        Batch batch = new Batch(
                true,
                List.of(
                        News.event(StreamName.ofUser("ada \"ü\" ||"), 1),
                        News.event(StreamName.ofRole("admin"), Long.MAX_VALUE)));
        assertThat(PushMessage.decode(PushMessage.encode(batch))).isEqualTo(batch);
    }

    @Test
    void fields_of_a_later_version_are_passed_over() {
        byte[] later = "{\"sweep\":true,\"events\":[],\"mood\":\"good\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(PushMessage.decode(later)).isEqualTo(new Batch(true, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"sweep\":true}", "{\"events\":[{\"stream\":\"nobody\"}]}"})
    void anything_else_is_refused(String body) {
        assertThatThrownBy(() -> PushMessage.decode(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
