package dev.tidings.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.sidecar.ReceivedEvent.RecordFault;
import dev.tidings.sidecar.ReceivedEvent.RecordFault.Kind;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** R-RL-3: every record can be read, at least as bytes with stand-ins. */
class CloudEventReaderTest {
    private static final Instant NOW = Instant.parse("2026-02-07T12:00:01Z");
    private static final String EVENT = """
            {"specversion": "1.0", "id": "e-1", "source": "backend", "type": "order.updated", "time": "2026-02-07T12:00:00Z",
             "traceparent": "00-1-2-01", "data": {"correlationId": "payment-1", "total": 20.00, "n": 12345678901234567890123}}""";

    @Test
    void anEventIsReadFromItsEnvelope() {
        ReceivedEvent event = CloudEventReader.read("orders", EVENT.getBytes(UTF_8), "ann", "other", NOW);

        assertThat(event.topic()).isEqualTo("orders");
        assertThat(event.key()).isEqualTo("ann");
        assertThat(event.forwardedFrom()).isEqualTo("other");
        assertThat(event.id()).isEqualTo("e-1");
        assertThat(event.hasOwnId()).isTrue();
        assertThat(event.source()).isEqualTo("backend");
        assertThat(event.type()).isEqualTo("order.updated");
        assertThat(event.time()).isEqualTo("2026-02-07T12:00:00Z").isEqualTo(event.timeOrArrival());
        assertThat(event.traceparent()).isEqualTo("00-1-2-01");
        assertThat(event.correlationId()).isEqualTo("payment-1");
        assertThat(event.data().toString())
                .isEqualTo("{\"correlationId\":\"payment-1\",\"total\":20.00,\"n\":12345678901234567890123}");
        assertThat(event.fault()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":\"e\",\"data\":{\"type\":\"a\"},\"n\":1e9,\"type\":\"b\",\"more\":  | b",
                "{\"type\":7}                                                     |",
                "{\"type\":\"\"}                                                |",
                "{\"typ                                                            |",
                "[\"type\",\"b\"]                                               |",
                "{\"id\":\"e\"}                                                 |",
            })
    void theTypeIsFoundWithoutReadingTheRest(String text, @Nullable String type) {
        assertThat(CloudEventReader.typeOf(text.getBytes(UTF_8))).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json                             | NOT_JSON",
                "                                     | NOT_A_CLOUD_EVENT",
                "{} {}                                | NOT_JSON",
                "[1]                                  | NOT_A_CLOUD_EVENT",
                "7                                    | NOT_A_CLOUD_EVENT",
                "{\"id\": \"e\"}                      | NOT_A_CLOUD_EVENT",
                "{\"id\": 1, \"source\": \"s\"}       | NOT_A_CLOUD_EVENT",
                "{\"id\": \"a\\tb\", \"source\": \"s\"} | NOT_A_CLOUD_EVENT",
                "{\"id\": 1e999999999999}             | NUMBER_OUT_OF_RANGE",
            })
    void aRecordThatIsNoCloudEventHasAFaultAndStandIns(@Nullable String text, Kind kind) {
        byte[] bytes = (text == null ? "" : text).getBytes(UTF_8);
        ReceivedEvent event = read(bytes);

        assertThat(event.fault()).extracting(RecordFault::kind).isEqualTo(kind);
        assertThat(event.id()).isNotBlank();
        assertThat(event.hasOwnId() ? event.id() : EventNames.fingerprint(bytes))
                .isEqualTo(event.id());
        assertThat(event.type()).isEqualTo("unknown");
        assertThat(event.time()).isNull();
        assertThat(event.timeOrArrival()).isEqualTo(NOW);
    }

    @Test
    void whatExceedsALimitIsNotParsed() {
        assertThat(read(new byte[CloudEventReader.MAX_BYTES + 1]).fault())
                .extracting(RecordFault::kind)
                .isEqualTo(Kind.TOO_LARGE);
        assertThat(read("[".repeat(100_000).getBytes(UTF_8)).fault())
                .extracting(RecordFault::kind)
                .isEqualTo(Kind.TOO_DEEP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "294277-01-01T00:00:00Z",
                "yesterday"
            })
    void aTimeThatNoTableCanHoldIsNone(String time) {
        assertThat(read(EVENT.replace("2026-02-07T12:00:00Z", time).getBytes(UTF_8))
                        .time())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"A\"}                     | A",
                "{\"event_type\": \"b\"}               | b",
                "{}                                    | com.dapr.event.sent",
            })
    void theTypeOfAnEventThatDaprWrappedIsInItsData(String data, String type) {
        String event = "{\"id\":\"e\",\"source\":\"s\",\"type\":\"com.dapr.event.sent\",\"data\":%s}".formatted(data);

        assertThat(read(event.getBytes(UTF_8)).type()).isEqualTo(type);
    }

    @Test
    void theBeginningOfABrokenRecordTellsWhichEventItWas() {
        ObjectNode texts = CloudEventReader.beginningOf("{\"data\":%s1%s,\"id\":\"e-1\",\"source\":\"backend\","
                .formatted("[".repeat(9_000), "]".repeat(9_000))
                .getBytes(UTF_8));

        assertThat(texts.toString()).isEqualTo("{\"id\":\"e-1\",\"source\":\"backend\"}");
    }

    @Property
    void noBytesBreakTheReader(@ForAll byte[] bytes) {
        assertThat(read(bytes).fault()).extracting(RecordFault::kind).isNotEqualTo(Kind.UNREADABLE);
        CloudEventReader.beginningOf(bytes);
    }

    private static ReceivedEvent read(byte[] bytes) {
        return CloudEventReader.read("orders", bytes, null, null, NOW);
    }
}
