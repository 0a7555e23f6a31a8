package dev.tidings.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.sidecar.BulkBody.Entry;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BulkBodyTest {
    private static final String TOPIC = "dead-letter-queue";

    @Test
    void recordsAreReadInTheirOrder() {
        List<Entry> entries = read("""
                {"id":"x","metadata":{"pubsubname":"pubsub"},"entries":[
                 {"entryId":"0","event":"aGk=","metadata":{"__key":"auth0%7C1","__topic":"dead-letter-queue"},"contentType":"a"},
                 {"entryId":"1","event":"","metadata":{},"contentType":"a"},
                 {"entryId":"2","event":"bnVsbA==","metadata":null}],"topic":"t","type":"com.dapr.event.sent.bulk"}""");

        assertThat(entries).extracting(Entry::entryId).containsExactly("0", "1", "2");
        assertThat(entries)
                .extracting(entry -> new String(entry.event(), UTF_8))
                .containsExactly("hi", "", "null");
        assertThat(entries).extracting(Entry::key).containsExactly("auth0|1", null, null);
        assertThat(entries).extracting(Entry::forwardedFrom).containsOnlyNulls();
    }

    @Test
    void aRecordThatASidecarGaveUpHasItsKeyEscapedTwice() {
        Entry entry = read("""
                {"entries":[{"entryId":"0","event":"aGk=","metadata":{"__key":"auth0%257C1","__topic":"order.created"}}]}""").getFirst();

        assertThat(entry.key()).isEqualTo("auth0|1");
        assertThat(entry.forwardedFrom()).isEqualTo("order.created");
    }

    @Test
    void aLongEventIsCutOneByteBehindTheLimit() {
        Entry entry = read("{\"entries\":[{\"entryId\":\"0\",\"event\":\"%s\"}]}".formatted("QUFB".repeat(40)))
                .getFirst();

        assertThat(entry.event()).hasSize(101);
    }

    @Test
    void anEventThatIsNoTextIsCopied() {
        Entry entry = read("{\"entries\":[{\"event\":{\"a\":[1,{}]},\"entryId\":\"0\"}]}")
                .getFirst();

        assertThat(new String(entry.event(), UTF_8)).isEqualTo("{\"a\":[1,{}]}");
        assertThat(entry.entryId()).isEqualTo("0");
    }

    private static List<Entry> read(String body) {
        List<Entry> entries = new ArrayList<>();
        BulkBody.read(new ByteArrayInputStream(body.getBytes(UTF_8)), TOPIC, 100, entries::add);
        return entries;
    }
}
