package dev.tidings.websocket.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.events.UserId;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.EventLogContract;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.NewEvent;
import dev.tidings.websocket.stream.PoisonEventException;
import dev.tidings.websocket.stream.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PostgresEventLogIT extends EventLogContract {
    private static LogDatabase database;

    @BeforeAll
    static void start() {
        database = new LogDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Override
    protected EventLog log() {
        return database.log;
    }

    @Override
    protected void expire(StreamName stream, long upTo) {
        delete("business_event_log", stream, upTo);
    }

    @Override
    protected void forget(StreamName stream, long upTo) {
        expire(stream, upTo);
        delete("ingested_event", stream, upTo);
    }

    private static void delete(String table, StreamName stream, long upTo) {
        database.jdbc
                .sql("DELETE FROM %s WHERE stream = :stream AND number <= :upTo".formatted(table))
                .param("stream", stream.value())
                .param("upTo", upTo)
                .update();
    }

    @Test
    void everyUserIdIsStoredAndReadUnchanged() {
        Set<String> ids = new TreeSet<>(Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(UserId.MAX_LENGTH)
                .filter(UserId::isValid)
                .list()
                .ofSize(300)
                .sample());
        JsonMapper.shared()
                .readTree(UserId.class.getResourceAsStream("user-ids.json"))
                .path("accepted")
                .forEach(example -> ids.add(example.path("id").stringValue()));

        log().append(ids.stream()
                .map(id -> new NewEvent(
                        "backend",
                        UUID.randomUUID().toString(),
                        "task.created",
                        "task_update",
                        "{}",
                        new TreeSet<>(Set.of(StreamName.ofUser(id))),
                        Set.of(id)))
                .toList());

        for (String id : ids) {
            assertThat(readAll(StreamName.ofUser(id))).singleElement().satisfies(event -> {
                assertThat(event.stream().owner()).isEqualTo(id);
                assertThat(event.recipients()).containsExactly(id);
            });
        }
        assertThat(database.jdbc
                        .sql("SELECT user_id FROM business_event_log")
                        .query(String.class)
                        .list())
                .containsAll(ids);
    }

    @Test
    void threeWritersToOneStreamLeaveNoGapAndNoDouble() throws Exception {
        int perWriter = 3_400;

        List<LoggedEvent> logged = concurrently(IntStream.range(0, 3)
                .<Callable<List<LoggedEvent>>>mapToObj(writer -> () -> {
                    List<LoggedEvent> own = new ArrayList<>();
                    for (int from = 0; from < perWriter; from += 20) {
                        own.addAll(log().append(IntStream.range(from, from + 20)
                                .mapToObj(i -> event("w" + writer + "-" + i, ada))
                                .toList()));
                    }
                    return own;
                })
                .toList());

        assertThat(logged).extracting(LoggedEvent::number).containsExactlyInAnyOrderElementsOf(upTo(3 * perWriter));
        List<LoggedEvent> read = readAll(ada);
        assertThat(read).extracting(LoggedEvent::number).containsExactlyElementsOf(upTo(3 * perWriter));
        assertThat(read).extracting(LoggedEvent::timestamp).isSorted();
        assertThat(read).extracting(LoggedEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void writersToManyStreamsAndRedeliveriesBetweenThemLeaveNoGapAndNoDouble() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        List<StreamName> streams = IntStream.range(0, 50)
                .mapToObj(i -> StreamName.ofUser(ada.owner() + i))
                .toList();
        Random shape = new Random(seed);
        List<NewEvent> events = IntStream.range(0, 10_000)
                .mapToObj(i -> event(
                        "m" + i,
                        streams.get(shape.nextInt(streams.size())),
                        streams.get(shape.nextInt(streams.size()))))
                .toList();

        // Each writer has two thirds of all events, so every event comes to one, two or three of them.
        concurrently(IntStream.range(0, 3)
                .<Callable<List<LoggedEvent>>>mapToObj(writer -> () -> {
                    Random random = new Random(seed + writer);
                    List<NewEvent> own = IntStream.range(0, events.size())
                            .filter(i -> i % 3 != writer)
                            .mapToObj(events::get)
                            .toList();
                    for (int from = 0; from < own.size(); ) {
                        int to = Math.min(own.size(), from + 1 + random.nextInt(100));
                        log().append(own.subList(from, to));
                        from = to;
                    }
                    return List.of();
                })
                .toList());

        for (StreamName stream : streams) {
            Set<String> expected = events.stream()
                    .filter(event -> event.streams().contains(stream))
                    .map(NewEvent::id)
                    .collect(Collectors.toSet());
            List<LoggedEvent> read = readAll(stream);
            assertThat(read).extracting(LoggedEvent::id).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(read).extracting(LoggedEvent::number).containsExactlyElementsOf(upTo(expected.size()));
        }
    }

    @Test
    void theSameEventFromTwoWritersAtOnceHasOneNumber() throws Exception {
        for (int round = 0; round < 50; round++) {
            NewEvent same = event("same" + round, ada, admins);
            CyclicBarrier start = new CyclicBarrier(2);
            Callable<List<LoggedEvent>> writer = () -> {
                start.await();
                return log().append(List.of(same));
            };

            List<LoggedEvent> logged = concurrently(List.of(writer, writer));

            assertThat(logged)
                    .extracting(LoggedEvent::number)
                    .as("round %s", round)
                    .containsOnly(round + 1L);
        }
        assertThat(readAll(ada)).hasSize(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": \"\\u0000\"}", "{\"a\": \"\\ud800\"}", "{\"a\": 1e200000}", "{", ""})
    void dataThatTheDatabaseCannotHoldIsRejected(String data) {
        NewEvent rejected = new NewEvent("backend", "p", "t", "m", data, new TreeSet<>(Set.of(ada)), Set.of());

        assertThatThrownBy(() -> log().append(List.of(rejected))).isInstanceOf(PoisonEventException.class);
    }

    @Test
    void theColumnsOfTheTableNameUserOrRole() {
        log().append(List.of(event("e1", ada, admins)));

        assertThat(database.jdbc
                        .sql("SELECT user_id, role FROM business_event_log WHERE event_id = :id ORDER BY user_id")
                        .param("id", event("e1", ada).id())
                        .query((row, i) -> row.getString(1) + "/" + row.getString(2))
                        .list())
                .containsExactly(ada.owner() + "/null", "null/" + admins.owner());
    }

    private List<LoggedEvent> readAll(StreamName stream) {
        List<LoggedEvent> all = new ArrayList<>();
        while (true) {
            long after = all.isEmpty() ? 0 : all.getLast().number();
            List<LoggedEvent> page =
                    log().read(stream, after, EventLog.MAX_PAGE).events();
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
        }
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static List<LoggedEvent> concurrently(List<Callable<List<LoggedEvent>>> writers)
            throws InterruptedException, ExecutionException {
        List<LoggedEvent> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<LoggedEvent>> writer : threads.invokeAll(writers)) {
                all.addAll(writer.get());
            }
        }
        return all;
    }
}
