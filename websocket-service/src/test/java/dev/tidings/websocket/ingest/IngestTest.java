package dev.tidings.websocket.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.sidecar.CloudEventReader;
import dev.tidings.sidecar.DeliveryResult;
import dev.tidings.sidecar.ReceivedEvent;
import dev.tidings.websocket.ingest.RejectedEvent.Reason;
import dev.tidings.websocket.stream.ForwardingEventLog;
import dev.tidings.websocket.stream.InMemoryEventLog;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.NewEvent;
import dev.tidings.websocket.stream.PoisonEventException;
import dev.tidings.websocket.stream.StreamName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
            new IngestSettings(Duration.ofMillis(5), Map.of(), 200, 10_000, 10, 10);
    private final FragileLog log = new FragileLog();
    private final List<LoggedEvent> routed = new ArrayList<>();
    private final List<RejectedEvent> quarantined = new ArrayList<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Ingest ingest = new Ingest(
            new RoutingTable(Map.of("tasks", ROUTE)),
            new EventValidator(SETTINGS),
            log,
            quarantined::addAll,
            routed::addAll,
            new IngestMetrics(metrics, Clock.systemUTC()));

    /** Refuses an event that the reader lets pass, and fails when the test says so. */
    private static final class FragileLog extends ForwardingEventLog {
        boolean away;

        FragileLog() {
            super(new InMemoryEventLog());
        }

        @Override
        public List<LoggedEvent> append(List<NewEvent> batch) {
            if (away) {
                throw new IllegalStateException("the database is away");
            }
            if (batch.stream().anyMatch(event -> event.data().contains("invalid"))) {
                throw new PoisonEventException("out of range", new IllegalArgumentException());
            }
            return super.append(batch);
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
        take(events(1, 3));

        assertThat(log.read(ADA, 0, 10).events()).extracting(LoggedEvent::id).containsExactly("e1", "e2", "e3");
        assertThat(routed).isEqualTo(log.read(ADA, 0, 10).events());
    }

    @Test
    void anEventThatIsKnownIsToldAgainWithItsOldNumber() {
        take(events(1, 2));
        routed.clear();

        take(events(2, 3));

        assertThat(routed).extracting(LoggedEvent::number).containsExactly(2L, 3L);
    }

    @Test
    void rejectedEventsAreFoundAndQuarantinedWhileTheRestOfTheBatchIsAppendedInOrder() {
        List<byte[]> batch = new ArrayList<>(events(1, 20));
        batch.add(7, event("bad1", "invalid"));
        batch.add(8, event("bad2", "invalid"));
        batch.addLast(event("bad3", "invalid"));

        take(batch);

        assertThat(log.read(ADA, 0, 100).events())
                .extracting(LoggedEvent::id)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj(i -> "e" + i).toList());
        assertThat(quarantined).extracting(RejectedEvent::eventId).containsExactly("bad1", "bad2", "bad3");
        assertThat(quarantined).extracting(RejectedEvent::reason).containsOnly(Reason.REFUSED_BY_DATABASE);
    }

    @Test
    void whatCannotBeReadIsQuarantinedWhileTheRestIsAppended() {
        take(Stream.of(event("e1", "good"), new byte[] {1}, event("e2", "good")).toList());

        assertThat(routed).extracting(LoggedEvent::id).containsExactly("e1", "e2");
        assertThat(quarantined).extracting(RejectedEvent::reason).containsExactly(Reason.NOT_JSON);
        assertThat(metrics.counter("tidings.ingest.rejected", "reason", "NOT_JSON")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whileTheDatabaseIsAwayNothingIsToldAndTheBatchMayComeAgain() {
        log.away = true;
        assertThatThrownBy(() -> take(events(1, 3))).isInstanceOf(IllegalStateException.class);
        assertThat(routed).isEmpty();

        log.away = false;
        take(events(1, 3));

        assertThat(quarantined).isEmpty();
        assertThat(routed).extracting(LoggedEvent::number).containsExactly(1L, 2L, 3L);
    }

    private void take(List<byte[]> batch) {
        List<ReceivedEvent> events = batch.stream()
                .map(bytes -> CloudEventReader.read(ROUTE.topic(), bytes, null, null, Instant.now()))
                .toList();
        assertThat(ingest.handle(ROUTE.topic(), events)).hasSize(batch.size()).containsOnly(DeliveryResult.SUCCESS);
    }
}
