package dev.tidings.sidecar.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.sidecar.state.StateStore.StateChange;
import dev.tidings.sidecar.state.StateStore.Versioned;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link StateStore} promises. */
abstract class StateStoreContract {
    private static final Duration LONG = Duration.ofHours(1);

    /** The store under test; keys are new in each test, so it may be shared. */
    abstract StateStore store();

    private String key = "";

    @BeforeEach
    void newKey() {
        key = "contract:" + UUID.randomUUID();
    }

    @Test
    void a_key_that_was_never_written_is_absent() {
        assertThat(store().get(key)).isEqualTo(Versioned.ABSENT);
    }

    @Test
    void what_was_written_is_read_back() {
        assertThat(store().write(key, "{\"a\":\"grün\"}", Versioned.ABSENT, LONG))
                .isTrue();

        assertThat(store().get(key).value()).isEqualTo("{\"a\":\"grün\"}");
        assertThat(store().get(key).version()).isNotNull();
    }

    @Test
    void a_second_create_loses() {
        assertThat(store().write(key, "{\"value\":\"first\"}", Versioned.ABSENT, LONG))
                .isTrue();

        assertThat(store().write(key, "{\"value\":\"second\"}", Versioned.ABSENT, LONG))
                .isFalse();
        assertThat(store().get(key).value()).isEqualTo("{\"value\":\"first\"}");
    }

    @Test
    void a_write_over_a_value_that_changed_meanwhile_loses() {
        store().write(key, "{\"value\":\"first\"}", Versioned.ABSENT, LONG);
        Versioned seen = store().get(key);
        assertThat(store().write(key, "{\"value\":\"second\"}", seen, LONG)).isTrue();

        assertThat(store().write(key, "{\"value\":\"third\"}", seen, LONG)).isFalse();
        assertThat(store().get(key).value()).isEqualTo("{\"value\":\"second\"}");
    }

    @Test
    void many_keys_are_created_and_changed_at_once() {
        List<String> keys = IntStream.range(0, 50).mapToObj(i -> key + ":" + i).toList();
        assertThat(store().writeAll(changes(keys, "1"), LONG)).isTrue();
        assertThat(store().writeAll(changes(keys, "2"), LONG)).isTrue();

        keys.forEach(k -> assertThat(store().get(k).value()).isEqualTo("2"));
        assertThat(store().writeAll(List.of(), LONG)).isTrue();
    }

    @Test
    void of_many_keys_one_that_changed_meanwhile_loses() {
        List<String> keys = List.of(key + ":1", key + ":2", key + ":3");
        List<StateChange> changes = changes(keys, "\"first\"");
        store().write(key + ":2", "\"second\"", Versioned.ABSENT, LONG);

        assertThat(store().writeAll(changes, LONG)).isFalse();
        assertThat(store().get(key + ":2").value()).isEqualTo("\"second\"");
    }

    private List<StateChange> changes(List<String> keys, String value) {
        var seen = store().getAll(keys);
        return keys.stream()
                .map(k -> new StateChange(k, value, seen.getOrDefault(k, Versioned.ABSENT)))
                .toList();
    }

    @Test
    void many_keys_are_read_at_once_and_missing_ones_are_named_as_absent() {
        List<String> keys = IntStream.range(0, 50).mapToObj(i -> key + ":" + i).toList();
        keys.stream().skip(1).forEach(k -> store().write(k, "{\"key\":\"" + k + "\"}", Versioned.ABSENT, LONG));

        var found = store().getAll(keys);

        assertThat(found).hasSize(50).containsEntry(keys.getFirst(), Versioned.ABSENT);
        keys.stream().skip(1).forEach(k -> assertThat(found.get(k)).isEqualTo(store().get(k)));
    }

    @Test
    void no_keys_need_no_answer() {
        assertThat(store().getAll(List.of())).isEmpty();
    }

    @Test
    void keys_may_contain_any_text_except_the_separator_of_dapr() {
        String odd = key + ":|/\\ \"ü\" ::=" + "x".repeat(180);

        assertThat(store().write(odd, "{\"value\":\"here\"}", Versioned.ABSENT, LONG))
                .isTrue();
        assertThat(store().get(odd).value()).isEqualTo("{\"value\":\"here\"}");
        assertThat(store().getAll(List.of(odd))).containsEntry(odd, store().get(odd));
    }

    @Test
    void a_put_replaces_what_was_put_before() {
        store().put(key, "\"first\"", LONG);
        store().put(key, "\"zweitens: grün\"", LONG);

        assertThat(store().get(key).value()).isEqualTo("\"zweitens: grün\"");
    }

    @Test
    void a_key_is_written_and_others_are_deleted_together() {
        store().put(key, "\"old\"", LONG);
        store().put(key + ":1", "{}", LONG);

        store().putAndDelete(key, "\"new\"", LONG, List.of(key + ":1", key + ":2"));

        var found = store().getAll(List.of(key, key + ":1", key + ":2"));
        assertThat(found)
                .containsEntry(key + ":1", Versioned.ABSENT)
                .containsEntry(key + ":2", Versioned.ABSENT)
                .containsEntry(key, store().get(key));
        assertThat(store().get(key).value()).isEqualTo("\"new\"");
    }

    @Test
    void of_concurrent_increments_none_is_lost() throws Exception {
        int writers = 4;
        int each = 25;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = IntStream.range(0, writers)
                    .mapToObj(w -> executor.submit(() -> {
                        for (int i = 0; i < each; i++) {
                            increment();
                        }
                    }))
                    .toList();
            for (var future : done) {
                future.get();
            }
        }
        assertThat(store().get(key).value()).isEqualTo(Integer.toString(writers * each));
    }

    private void increment() {
        boolean written = false;
        while (!written) {
            Versioned seen = store().get(key);
            int next = seen.value() == null ? 1 : Integer.parseInt(seen.value()) + 1;
            written = store().write(key, Integer.toString(next), seen, LONG);
        }
    }
}
