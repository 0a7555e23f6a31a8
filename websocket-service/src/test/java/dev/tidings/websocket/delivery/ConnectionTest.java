package dev.tidings.websocket.delivery;

import static dev.tidings.websocket.delivery.Sample.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.InMemoryEventLog;
import dev.tidings.websocket.stream.LoggedEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The queue before a socket, and the end of a connection. */
class ConnectionTest {
    private final Hub hub = new Hub(new InMemoryEventLog(), Hub.settings(4, 1_000_000));
    private final FakeWire wire = new FakeWire();

    private static List<String> ids(List<LoggedEvent> events) {
        return events.stream().map(LoggedEvent::id).toList();
    }

    @Test
    void whatIsPushedLeavesInOrderBehindConnected() {
        hub.opened(wire);
        List<LoggedEvent> events = hub.append(USER, 1, 3);
        hub.connections.push(events);
        assertThat(wire.types()).containsExactly("connected", "task_update", "task_update", "task_update");
        assertThat(wire.ids()).isEqualTo(ids(events));
    }

    @Test
    void aSlowReaderGetsEverythingAndItsQueueStaysBounded() {
        hub.opened(wire);
        wire.stall();
        List<LoggedEvent> events = hub.append(USER, 1, 100);
        hub.connections.push(events);
        assertThat(hub.count("tidings.websocket.slow.consumers")).isEqualTo(1);
        assertThat(hub.meters.get("tidings.websocket.queue.depth").gauge().value())
                .isEqualTo(4);
        wire.flow();
        await().untilAsserted(() -> assertThat(wire.ids()).isEqualTo(ids(events)));
        assertThat(hub.meters.get("tidings.websocket.queue.depth").gauge().value())
                .isZero();
    }

    @Test
    void whatIsDeliveredLateByCatchUpIsMeasuredLikeWhatIsPushed() {
        hub.append(USER, 1, 5);
        hub.connections.push(hub.append(USER, 6, 1));
        Cursor start = Cursor.at(hub.log.epoch(), Map.of(USER, 0L));
        hub.open(wire, start);
        await().untilAsserted(() -> assertThat(wire.ids()).hasSize(6));
        wire.stall();
        hub.connections.push(hub.append(USER, 7, 60));
        wire.flow();
        await().untilAsserted(() -> assertThat(wire.ids()).hasSize(66));

        await("a measurement of each event that came while the user was connected, and of no older one")
                .untilAsserted(() -> assertThat(hub.meters
                                .get("tidings.websocket.delivery.latency")
                                .timer()
                                .count())
                        .isEqualTo(60));
        await("the same for the service level")
                .untilAsserted(() -> assertThat(hub.meters
                                .get("tidings.websocket.screen.delay")
                                .timer()
                                .count())
                        .isEqualTo(60));
    }

    @Test
    void aQueueIsBoundedInBytesToo() {
        Hub small = new Hub(new InMemoryEventLog(), Hub.settings(1_000, 1_024));
        small.opened(wire);
        wire.stall();
        small.connections.push(small.append(USER, 1, 100));
        assertThat(small.meters.get("tidings.websocket.queue.depth").gauge().value())
                .isLessThan(12);
        wire.flow();
        await().untilAsserted(() -> assertThat(wire.ids()).hasSize(100));
    }

    @Test
    void aClosedConnectionSaysByeAndDropsWhatItsCursorDoesNotCover() {
        Connection connection = hub.opened(wire);
        wire.stall();
        hub.connections.push(hub.append(USER, 1, 3));
        connection.close(CloseReason.SHUTTING_DOWN, 1_234);
        assertThat(wire.closeCode()).as("the message under way is not torn").isNull();
        wire.flow();
        assertThat(wire.types()).containsExactly("connected", "task_update", "bye");
        assertThat(wire.taken().getLast().path("after_ms").asLong()).isEqualTo(1_234);
        assertThat(wire.closeCode()).isEqualTo(4000);
    }

    @Test
    void aPeerThatDoesNotAnswerACloseIsCut() {
        Connection connection = hub.opened(wire);
        connection.close(CloseReason.SLOW);
        long now = millis();
        connection.tick(now);
        assertThat(wire.aborted()).isFalse();
        connection.tick(now + 5_000);
        assertThat(wire.aborted()).isTrue();
    }

    @Test
    void aPeerThatTakesNothingForTooLongIsClosedAsSlowThoughItsPongsArrive() {
        Connection connection = hub.opened(wire);
        wire.stall();
        hub.connections.push(hub.append(USER, 1, 1));
        long now = millis();
        connection.tick(now);
        connection.heard(true);
        connection.tick(now + 30_000);
        wire.takeOne();
        assertThat(wire.taken().getLast().path("type").asString()).isEqualTo("task_update");
        wire.takeOne();
        assertThat(wire.taken().getLast().path("code").asInt()).isEqualTo(4101);
    }

    @Test
    void aSilentPeerIsPingedAndThenClosed() {
        Connection connection = hub.opened(wire);
        long now = millis();
        connection.tick(now + 30_000);
        assertThat(wire.pings()).isEqualTo(1);
        connection.tick(now + 61_000);
        assertThat(wire.closeCode()).isEqualTo(4102);
    }

    @Test
    void aConnectionThatCameWithoutASecondEndIsForgottenOnce() {
        Connection connection = hub.opened(wire);
        hub.connections.closed(connection);
        hub.connections.closed(connection);
        assertThat(hub.connections.connectionCount()).isZero();
        assertThat(hub.presence)
                .containsExactly(
                        "opened user:user-123", "opened role:student", "closed user:user-123", "closed role:student");
    }

    @Test
    void itsProgressTellsWhatWasSentWhatWaitsAndWhatTheClientHas() {
        hub.append(USER, 1, 2);
        Connection connection = hub.opened(wire);
        assertThat(hub.connections.progress(USER))
                .singleElement()
                .returns(2L, ConnectionProgress::startedAfter)
                .returns(2L, ConnectionProgress::sentUpTo)
                .returns(null, ConnectionProgress::acknowledgedUpTo);

        hub.connections.push(hub.append(USER, 3, 1));
        connection.acknowledge(Cursor.at(hub.log.epoch(), Map.of(USER, 3L)));
        wire.stall();
        hub.connections.push(hub.append(USER, 4, 2));
        assertThat(hub.connections.progress(USER))
                .singleElement()
                .returns(2L, ConnectionProgress::startedAfter)
                .returns(5L, ConnectionProgress::sentUpTo)
                .returns(3L, ConnectionProgress::acknowledgedUpTo)
                .returns(2, ConnectionProgress::waiting)
                .returns(null, ConnectionProgress::closedBy);
    }

    @Test
    void anAcknowledgementInNumbersOfAnotherLogIsNone() {
        Connection connection = hub.opened(wire);
        connection.acknowledge(Cursor.at(hub.log.epoch() + 1, Map.of(USER, 3L)));
        assertThat(hub.connections.progress(USER)).singleElement().returns(null, ConnectionProgress::acknowledgedUpTo);
    }

    @Test
    void aConnectionThatEndedIsRememberedWithWhatItNeverSent() {
        Connection connection = hub.opened(wire);
        wire.stall();
        hub.connections.push(hub.append(USER, 1, 3));
        hub.connections.closed(connection);
        hub.opened(new FakeWire());

        assertThat(hub.connections.progress(USER))
                .as("the open one first")
                .extracting(ConnectionProgress::closedBy)
                .containsExactly(null, "client");
        assertThat(hub.connections.progress(USER).getLast())
                .returns(3L, ConnectionProgress::sentUpTo)
                .returns(3, ConnectionProgress::waiting);
    }

    @Test
    void aUserHoldsNoMoreConnectionsThanAllowed() {
        for (int i = 0; i < 3; i++) {
            hub.opened(new FakeWire());
        }
        assertThat(hub.open(wire, null)).isEqualTo(new OpenResult.ConnectionRejected(CloseReason.TOO_MANY_CONNECTIONS));
        assertThat(hub.connections.countByUser()).containsEntry("user-123", 3);
    }

    @Test
    void aStoppingHubTakesNobody() {
        hub.connections.stopAccepting();
        assertThat(hub.open(wire, null)).isEqualTo(new OpenResult.ConnectionRejected(CloseReason.SHUTTING_DOWN));
        assertThat(hub.connections.openStreams()).isEmpty();
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
    }
}
