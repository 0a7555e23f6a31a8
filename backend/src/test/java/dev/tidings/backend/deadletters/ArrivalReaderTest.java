package dev.tidings.backend.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArrivalReaderTest {
    private static final String EVENT = """
            {"specversion":"1.0","id":"e-1","source":"backend","type":"PURCHASE_CONFIRMED","topic":"purchase-confirmed",\
            "time":"2026-02-07T12:00:00.000Z","data":{"correlationId":"payment-1"}}""";

    @Test
    void anEventIsReadFromItsEnvelope() {
        assertThat(ArrivalReader.read(EVENT.getBytes(UTF_8), "student-1", null))
                .isEqualTo(new DeadLetter.Arrival(
                        "backend",
                        "e-1",
                        "PURCHASE_CONFIRMED",
                        "purchase-confirmed",
                        "student-1",
                        Instant.parse("2026-02-07T12:00:00Z"),
                        "payment-1",
                        EVENT));
    }

    @Test
    void theTopicIsWhereTheSidecarHadItFromWhateverTheEventSays() {
        assertThat(ArrivalReader.read(EVENT.getBytes(UTF_8), null, "order.created")
                        .topic())
                .isEqualTo("order.created");
        assertThat(ArrivalReader.read(new byte[0], null, "order.created").topic())
                .isEqualTo("order.created");
    }

    @Test
    void whatIsNoEventIsKeptAsItIs() {
        byte[] bytes = {'h', 0, 'i', (byte) 0xff};
        DeadLetter.Arrival arrival = ArrivalReader.read(bytes, null, null);

        assertThat(arrival.eventId()).startsWith("sha256-");
        assertThat(arrival.eventSource()).isEqualTo("unknown");
        assertThat(arrival.topic()).isEqualTo("unknown");
        assertThat(arrival.event()).isEqualTo("h\uFFFDi\uFFFD");
        assertThat(ArrivalReader.read(bytes, null, null)).isEqualTo(arrival);
    }

    @Test
    void nothingAtAllIsALetterToo() {
        assertThat(ArrivalReader.read(new byte[0], null, null).eventId()).startsWith("sha256-");
    }
}
