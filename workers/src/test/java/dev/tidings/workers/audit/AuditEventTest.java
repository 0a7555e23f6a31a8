package dev.tidings.workers.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.sidecar.CloudEventReader;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditEventTest {
    private static final Instant NOW = Instant.parse("2026-02-07T12:00:01Z");

    @Test
    void anEventIsReadForWhoDidWhatAndWhen() {
        AuditEvent event = event("""
                {"specversion": "1.0", "id": "e-1", "source": "backend", "type": "order.updated",
                 "time": "2026-02-07T12:00:00Z",
                 "data": {"orderId": "o-1", "buyerId": "ann", "changedBy": "admin-1", "total": 20.00}}
                """);

        assertThat(event)
                .isEqualTo(new AuditEvent(
                        "a-topic",
                        "backend",
                        "e-1",
                        "order.updated",
                        "admin-1",
                        Instant.parse("2026-02-07T12:00:00Z"),
                        "{\"orderId\":\"o-1\",\"buyerId\":\"ann\",\"changedBy\":\"admin-1\",\"total\":20.00}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"user_id\": \"ann\"}                           | ann",
                "{\"buyerId\": \"bob\"}                           | bob",
                "{\"userId\": \"t-1\", \"studentId\": \"s-1\"}    | t-1",
                "{\"studentId\": \"s-1\", \"trainerId\": \"t-1\"} | s-1",
                "{\"userId\": 7}                                  |",
                "{\"userId\": \"a\\u0000b\"}                      |",
                "[1, 2]                                           |",
            })
    void whoActedStandsBeforeWhomItConcerns(String data, String who) {
        assertThat(event("{\"id\": \"e\", \"source\": \"s\", \"data\": %s}".formatted(data))
                        .who())
                .isEqualTo(who);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "",
                "7",
                "{}",
                "{\"id\": \"e\"}",
                "{\"id\": \"\", \"source\": \"s\"}",
                "{\"id\": \"a\\ud800\", \"source\": \"s\"}"
            })
    void whatIsNoCloudEventIsWrittenDownAsWhatItIs(String text) {
        AuditEvent event = event(text);

        assertThat(event.type()).isEqualTo("unknown");
        assertThat(event.occurredAt()).isEqualTo(NOW);
        assertThat(event.id()).isEqualTo(event(text).id()).startsWith("sha256-");
        assertThat(event.payload()).startsWith("\"").endsWith("\"");
    }

    @Test
    void anImpossibleTimeIsReplacedByTheTimeOfArrival() {
        assertThat(event("{\"id\": \"e\", \"source\": \"s\", \"time\": \"+999999-01-01T00:00:00Z\", \"data\": {}}")
                        .occurredAt())
                .isEqualTo(NOW);
    }

    private static AuditEvent event(String text) {
        return AuditEvent.of(CloudEventReader.read("a-topic", text.getBytes(UTF_8), null, null, NOW));
    }
}
