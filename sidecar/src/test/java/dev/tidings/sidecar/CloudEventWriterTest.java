package dev.tidings.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CloudEventWriterTest {
    private static final OutgoingEvent EVENT = new OutgoingEvent(
            UUID.fromString("019a0f5c-2b7e-7cc0-9f6e-0d9a6f1c2b3a"),
            "task-updates",
            "user-123",
            "task.created",
            "{\"title\":\"Call\"}",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            Instant.parse("2026-02-07T12:00:00.123456Z"));

    @Test
    void anEventIsAWholeCloudEvent() {
        JsonNode json = new JsonMapper().readTree(CloudEventWriter.encode(EVENT, "backend"));

        assertThat(json).isEqualTo(new JsonMapper().readTree("""
                                        {"specversion": "1.0", "id": "019a0f5c-2b7e-7cc0-9f6e-0d9a6f1c2b3a", "source": "backend",
                                         "type": "task.created", "time": "2026-02-07T12:00:00.123Z",
                                         "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                         "traceid": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                         "datacontenttype": "application/json", "data": {"title": "Call"}}
                                        """));
    }

    @Test
    void anEventWithoutTraceLeavesItToTheSidecar() {
        OutgoingEvent untraced = new OutgoingEvent(
                EVENT.id(), EVENT.topic(), EVENT.key(), EVENT.type(), EVENT.payload(), null, EVENT.time());

        JsonNode json = new JsonMapper().readTree(CloudEventWriter.encode(untraced, "backend"));

        assertThat(json.has("traceparent")).isFalse();
        assertThat(json.has("traceid")).isFalse();
    }
}
