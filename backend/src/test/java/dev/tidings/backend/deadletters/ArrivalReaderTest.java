package dev.tidings.backend.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ArrivalReaderTest {
    private static final String EVENT = """
            {"specversion":"1.0","id":"e-1","source":"backend","type":"PURCHASE_CONFIRMED","topic":"purchase-confirmed",\
            "time":"2026-02-07T12:00:00.000Z","data":{"correlationId":"payment-1"}}""";

    @Test
    void theEventIsUnpackedFromWhatTheSidecarWrapsItIn() {
        DeadLetter.Arrival arrival = ArrivalReader.read(wrapped(EVENT.getBytes(UTF_8)), "student-1");

        assertThat(arrival)
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
    void whatIsNoEventIsKeptAsItIs() {
        DeadLetter.Arrival arrival = ArrivalReader.read(wrapped(new byte[] {'h', 0, 'i', (byte) 0xff}), null);

        assertThat(arrival.eventId()).startsWith("sha256-");
        assertThat(arrival.eventSource()).isEqualTo("unknown");
        assertThat(arrival.topic()).isEqualTo("unknown");
        assertThat(arrival.event()).isEqualTo("h\uFFFDi\uFFFD");
        assertThat(ArrivalReader.read(wrapped(new byte[] {'h', 0, 'i', (byte) 0xff}), null))
                .isEqualTo(arrival);
    }

    @Test
    void nothingAtAllIsALetterToo() {
        assertThat(ArrivalReader.read(new byte[0], null).eventId()).startsWith("sha256-");
    }

    private static byte[] wrapped(byte[] raw) {
        return """
                {"specversion":"1.0","id":"made-up","source":"Dapr","type":"com.dapr.event.sent","data_base64":"%s"}""".formatted(Base64.getEncoder().encodeToString(raw)).getBytes(UTF_8);
    }
}
