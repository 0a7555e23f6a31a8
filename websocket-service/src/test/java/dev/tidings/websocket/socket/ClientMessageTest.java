package dev.tidings.websocket.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.AsyncApi;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** R-DP-2: what a client may say by the AsyncAPI document is what the service understands. */
class ClientMessageTest {
    static Stream<JsonNode> examples() {
        List<String> names = AsyncApi.messages("hear-clients");
        assertThat(names).isNotEmpty();
        return names.stream().map(name -> AsyncApi.message(name).at("/examples/0/payload"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleOfTheDocumentIsUnderstood(JsonNode example) {
        assertThat(ClientMessage.parse(example.toString())).isNotInstanceOf(ClientMessage.Mistake.class);
        assertThat(AsyncApi.mistakesOf(example)).isEmpty();
    }
}
