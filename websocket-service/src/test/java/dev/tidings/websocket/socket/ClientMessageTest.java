package dev.tidings.websocket.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.AsyncApi;
import dev.tidings.websocket.socket.ClientMessage.Invalid;
import dev.tidings.websocket.socket.ClientMessage.Ping;
import dev.tidings.websocket.socket.ClientMessage.Report;
import dev.tidings.websocket.socket.ClientMessage.Subscribe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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
        assertThat(ClientMessage.parse(example.toString())).isNotInstanceOf(ClientMessage.Invalid.class);
        assertThat(AsyncApi.mistakesOf(example)).isEmpty();
    }

    /** R-EV-5: delivery as clients see it. */
    @Test
    void anAcknowledgementMayTellHowTheScreenFares() {
        assertThat(report("{'received':3,'applied':2,'latency_ms':41}"))
                .contains(new Report(3, 2, Optional.of(Duration.ofMillis(41))));
        assertThat(report("{'received':3,'applied':3}")).contains(new Report(3, 3, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'received':0,'applied':0,'latency_ms':1}",
                "{'received':2,'applied':3,'latency_ms':1}",
                "{'received':-1,'applied':-2,'latency_ms':1}",
                "{'received':99999999,'applied':1,'latency_ms':1}",
                "{'received':1e300,'applied':1,'latency_ms':1}",
                "{'received':'many','applied':[],'latency_ms':{}}"
            })
    void figuresThatCannotBeAreLeftOut(String figures) {
        assertThat(report(figures)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e300", "'late'", "3600001"})
    void aLatencyThatCannotBeIsLeftOut(String latency) {
        assertThat(report("{'received':1,'applied':1,'latency_ms':" + latency + "}"))
                .contains(new Report(1, 1, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "日", "😀"})
    void aChannelHas64CharactersWhateverTheirSizeIs(String character) {
        assertThat(subscribe(character.repeat(64))).isEqualTo(new Subscribe(character.repeat(64)));
        assertThat(subscribe(character.repeat(65))).isInstanceOf(Invalid.class);
    }

    private static ClientMessage subscribe(String channel) {
        return ClientMessage.parse("{\"type\":\"subscribe\",\"channel\":\"" + channel + "\"}");
    }

    private static Optional<Report> report(String figures) {
        String ping = figures.replace('\'', '"')
                .replaceFirst("\\{", "{\"type\":\"ping\"" + (figures.equals("{}") ? "" : ","));
        return ((Ping) ClientMessage.parse(ping)).report();
    }
}
