package dev.tidings.websocket.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventMessageTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final StreamName ADA = StreamName.ofUser("ada");
    private static final Cursor CURSOR = Cursor.at(1, Map.of(ADA, 3L));

    @Test
    void theMessageIsTheEnvelopeOfTheWire() {
        LoggedEvent event = new LoggedEvent(
                ADA, 3, "backend", "id-1", "task.created", "task_update", "{\"a\":1}", 1770465600000L, Set.of("ada"));

        JsonNode message = JSON.readTree(EventMessage.of(event).with(CURSOR));

        assertThat(message).isEqualTo(JSON.readTree("""
                {"type": "task_update", "event": {"a": 1}, "timestamp": "2026-02-07T12:00:00.000Z",
                 "id": "id-1", "source": "backend", "cursor": "%s"}
                """.formatted(CURSOR.encode())));
    }

    @Test
    void quotesAndForeignLettersInIdsStayData() {
        LoggedEvent event =
                new LoggedEvent(ADA, 3, "s\"},{", "ü\n\u2028😀\\", "t", "m\"", "{\"x\":\"😀\"}", 0, Set.of());

        JsonNode message = JSON.readTree(EventMessage.of(event).with(CURSOR));

        assertThat(message.get("id").asString()).isEqualTo("ü\n\u2028😀\\");
        assertThat(message.get("source").asString()).isEqualTo("s\"},{");
        assertThat(message.at("/event/x").asString()).isEqualTo("😀");
    }

    @Test
    void aKnownGapTellsRangeCountAndTypes() {
        assertThat(JSON.writeValueAsString(GapMessage.of(new Gap(ADA, 2, 4, Map.of("task.created", 3L)))))
                .isEqualTo("""
                        {"type":"gap","stream":"user","from":2,"to":4,"count":3,"types":{"task.created":3}}""");
    }

    @Test
    void aGapOfUnknownSizeTellsNoNumbers() {
        assertThat(JSON.writeValueAsString(GapMessage.of(Gap.unknown(StreamName.ofRole("admin")))))
                .isEqualTo("""
                        {"type":"gap","stream":"role"}""");
    }
}
