package dev.tidings.websocket.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.websocket.ingest.CallbackController.EntryStatus;
import dev.tidings.websocket.ingest.CallbackController.Status;
import dev.tidings.websocket.ingest.RejectedEvent.Reason;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.InMemoryEventLog;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.NewEvent;
import dev.tidings.websocket.stream.PoisonEventException;
import dev.tidings.websocket.stream.StreamName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonPointer;

class IngestTest {
    private static final StreamName ADA = StreamName.ofUser("ada");
    private static final Route ROUTE = new Route(
            "task-updates",
            "task_update",
            Map.of(),
            List.of(),
            Set.of(),
            List.of(JsonPointer.compile("/user_id")),
            Map.of(),
            null,
            Set.of(),
            null);

    private static final IngestSettings SETTINGS =
            new IngestSettings("pubsub", Duration.ofMillis(5), 200, 10_000, 10, 10);
    private final FragileLog log = new FragileLog();
    private final List<LoggedEvent> routed = new ArrayList<>();
    private final List<RejectedEvent> keptAside = new ArrayList<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Ingest ingest = new Ingest(
            new EventReader(SETTINGS),
            log,
            keptAside::addAll,
            routed::addAll,
            new IngestMetrics(metrics, Clock.systemUTC()));

    /** Refuses an event that the reader lets pass, and fails when told to. */
    private static final class FragileLog implements EventLog {
        final InMemoryEventLog log = new InMemoryEventLog();
        boolean away;

        @Override
        public List<LoggedEvent> append(List<NewEvent> batch) {
            if (away) {
                throw new IllegalStateException("the database is away");
            }
            if (batch.stream().anyMatch(event -> event.data().contains("poison"))) {
                throw new PoisonEventException("out of range", new IllegalArgumentException());
            }
            return log.append(batch);
        }

        @Override
        public long epoch() {
            return log.epoch();
        }

        @Override
        public LogPage read(StreamName stream, long after, int limit) {
            return log.read(stream, after, limit);
        }

        @Override
        public Map<StreamName, Long> tails(Collection<StreamName> streams) {
            return log.tails(streams);
        }

        @Override
        public Map<StreamName, Long> numbersAt(Collection<StreamName> streams, long since) {
            return log.numbersAt(streams, since);
        }
    }

    private static byte[] event(String id, String title) {
        return """
                {"id": "%s", "source": "backend", "data": {"user_id": "ada", "title": "%s"}}""".formatted(id, title).getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte[]> events(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> event("e" + i, "good"))
                .toList();
    }

    @Test
    void aBatchIsAppendedInItsOrderAndTold() {
        ingest.take(ROUTE, events(1, 3));

        assertThat(log.read(ADA, 0, 10).events()).extracting(LoggedEvent::id).containsExactly("e1", "e2", "e3");
        assertThat(routed).isEqualTo(log.read(ADA, 0, 10).events());
    }

    @Test
    void anEventThatIsKnownIsToldAgainWithItsOldNumber() {
        ingest.take(ROUTE, events(1, 2));
        routed.clear();

        ingest.take(ROUTE, events(2, 3));

        assertThat(routed).extracting(LoggedEvent::number).containsExactly(2L, 3L);
    }

    @Test
    void poisonIsFoundAndKeptAsideWhileTheRestOfTheBatchIsAppendedInOrder() {
        List<byte[]> batch = new ArrayList<>(events(1, 20));
        batch.add(7, event("bad1", "poison"));
        batch.add(8, event("bad2", "poison"));
        batch.addLast(event("bad3", "poison"));

        ingest.take(ROUTE, batch);

        assertThat(log.read(ADA, 0, 100).events())
                .extracting(LoggedEvent::id)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj(i -> "e" + i).toList());
        assertThat(keptAside).extracting(RejectedEvent::eventId).containsExactly("bad1", "bad2", "bad3");
        assertThat(keptAside).extracting(RejectedEvent::reason).containsOnly(Reason.REFUSED_BY_DATABASE);
    }

    @Test
    void whatCannotBeReadIsKeptAsideWhileTheRestIsAppended() {
        ingest.take(
                ROUTE,
                Stream.of(event("e1", "good"), new byte[] {1}, event("e2", "good"))
                        .toList());

        assertThat(routed).extracting(LoggedEvent::id).containsExactly("e1", "e2");
        assertThat(keptAside).extracting(RejectedEvent::reason).containsExactly(Reason.NOT_JSON);
        assertThat(metrics.counter("tidings.ingest.rejected", "reason", "NOT_JSON")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whileTheDatabaseIsAwayNothingIsToldAndTheBatchMayComeAgain() {
        log.away = true;
        assertThatThrownBy(() -> ingest.take(ROUTE, events(1, 3))).isInstanceOf(IllegalStateException.class);
        assertThat(routed).isEmpty();

        log.away = false;
        ingest.take(ROUTE, events(1, 3));

        assertThat(keptAside).isEmpty();
        assertThat(routed).extracting(LoggedEvent::number).containsExactly(1L, 2L, 3L);
    }

    @Test
    void theSidecarIsToldToRepeatTheWholeBatchUntilItIsCommitted() {
        CallbackController callbacks =
                new CallbackController(new RoutingTable(Map.of("tasks", ROUTE)), SETTINGS, ingest);
        String batch = "{\"entries\":[{\"entryId\":\"1\",\"event\":%s},{\"entryId\":\"2\",\"event\":%s}]}"
                .formatted(
                        new String(event("e1", "good"), StandardCharsets.UTF_8),
                        new String(event("e2", "good"), StandardCharsets.UTF_8));

        log.away = true;
        assertThat(callbacks.events("task-updates", stream(batch)).statuses())
                .containsExactly(new EntryStatus("1", Status.RETRY), new EntryStatus("2", Status.RETRY));

        log.away = false;
        assertThat(callbacks.events("task-updates", stream(batch)).statuses())
                .containsExactly(new EntryStatus("1", Status.SUCCESS), new EntryStatus("2", Status.SUCCESS));
    }

    @Test
    void aTopicWithoutARouteIsNotAnsweredAsDone() {
        CallbackController callbacks =
                new CallbackController(new RoutingTable(Map.of("tasks", ROUTE)), SETTINGS, ingest);

        // 404 would make the sidecar drop the events.
        assertThatThrownBy(() -> callbacks.events("other", stream("{}")))
                .hasMessageContaining("503")
                .hasMessageContaining("tidings.routes");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
