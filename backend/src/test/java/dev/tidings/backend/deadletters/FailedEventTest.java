package dev.tidings.backend.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.deadletters.DeadLetter.FailedEvent;
import dev.tidings.sidecar.CloudEventReader;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailedEventTest {
    private static final String EVENT = """
            {"specversion":"1.0","id":"e-1","source":"backend","type":"PURCHASE_CONFIRMED","topic":"purchase-confirmed",\
            "time":"2026-02-07T12:00:00.000Z","data":{"correlationId":"payment-1"}}""";

    @Test
    void anEventIsReadFromItsEnvelope() {
        assertThat(read(EVENT.getBytes(UTF_8), "student-1", null))
                .isEqualTo(new FailedEvent(
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
        assertThat(read(EVENT.getBytes(UTF_8), null, "order.created").topic()).isEqualTo("order.created");
        assertThat(read(new byte[0], null, "order.created").topic()).isEqualTo("order.created");
    }

    @Test
    void whatIsNoEventIsKeptAsItIs() {
        byte[] bytes = {'h', 0, 'i', (byte) 0xff};
        FailedEvent arrival = read(bytes, null, null);

        assertThat(arrival.eventId()).startsWith("sha256-");
        assertThat(arrival.eventSource()).isEqualTo("unknown");
        assertThat(arrival.topic()).isEqualTo("unknown");
        assertThat(arrival.event()).isEqualTo("h\uFFFDi\uFFFD");
        assertThat(read(bytes, null, null)).isEqualTo(arrival);
    }

    @Test
    void nothingAtAllIsALetterToo() {
        assertThat(read(new byte[0], null, null).eventId()).startsWith("sha256-");
    }

    private static FailedEvent read(byte[] bytes, @Nullable String key, @Nullable String forwardedFrom) {
        return FailedEvent.of(CloudEventReader.read("dead-letter-queue", bytes, key, forwardedFrom, Instant.now()));
    }
}
