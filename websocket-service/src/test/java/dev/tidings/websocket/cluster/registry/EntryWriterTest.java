package dev.tidings.websocket.cluster.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.sidecar.state.FakeStateStore;
import dev.tidings.sidecar.state.StateStoreException;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntryWriterTest {
    private static final StreamName ADA = StreamName.ofUser("ada");

    private final FakeStateStore store = new FakeStateStore();
    private final EntryWriter writer = new EntryWriter(store, Duration.ofDays(1), "gone"::equals);

    @Test
    void an_entry_gains_and_loses_an_incarnation() {
        assertThat(writer.write(ADA, "one", true)).isTrue();
        assertThat(writer.write(ADA, "two", true)).isTrue();
        assertThat(holders(ADA)).containsExactly("one", "two");

        assertThat(writer.write(ADA, "one", false)).isTrue();
        assertThat(holders(ADA)).containsExactly("two");
    }

    @Test
    void an_entry_that_does_not_contain_the_incarnation_is_not_written_to_remove_it() {
        writer.write(ADA, "one", true);
        String before = store.get(StreamEntry.key(ADA)).version();

        assertThat(writer.write(ADA, "two", false)).isTrue();
        assertThat(store.get(StreamEntry.key(ADA)).version()).isEqualTo(before);
    }

    @Test
    void many_entries_that_change_at_once_are_all_written() throws Exception {
        List<StreamName> streams = IntStream.range(0, 2_000)
                .mapToObj(i -> StreamName.ofUser("user-" + i))
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> writes = streams.stream()
                    .map(stream -> threads.submit(() -> writer.write(stream, "one", true)))
                    .toList();
            for (Future<Boolean> write : writes) {
                assertThat(write.get()).isTrue();
            }
        }
        assertThat(streams).allSatisfy(stream -> assertThat(holders(stream)).containsExactly("one"));
    }

    @Test
    void while_the_store_is_silent_every_write_fails() {
        store.fallSilent();
        assertThatThrownBy(() -> writer.write(ADA, "one", true)).isInstanceOf(StateStoreException.class);
        store.answerAgain();
        assertThat(writer.write(ADA, "one", true)).isTrue();
    }

    private Iterable<String> holders(StreamName stream) {
        return StreamEntry.parse(store.get(StreamEntry.key(stream)).value()).incarnations();
    }
}
