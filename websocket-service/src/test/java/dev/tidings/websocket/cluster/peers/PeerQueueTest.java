package dev.tidings.websocket.cluster.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.cluster.peers.PeerQueue.PeerBatch;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PeerQueueTest {
    private static final StreamName STREAM = StreamName.ofUser("ada");
    private final PeerQueue backlog = new PeerQueue();

    @Test
    void events_are_taken_in_the_order_they_came_in_batches_of_a_bounded_size() throws Exception {
        List<LoggedEvent> events = events(1, 1_200);
        assertThat(backlog.add(events)).isZero();

        List<LoggedEvent> taken = new ArrayList<>();
        while (backlog.size() > 0) {
            PeerBatch batch = backlog.take();
            assertThat(batch.sweep()).isFalse();
            assertThat(batch.events()).hasSizeLessThanOrEqualTo(500);
            taken.addAll(batch.events());
        }
        assertThat(taken).isEqualTo(events);
    }

    @Test
    void too_many_events_are_forgotten_together_and_leave_one_note() throws Exception {
        backlog.add(events(1, 9_000));

        assertThat(backlog.add(events(9_001, 10_500))).isEqualTo(10_500);
        backlog.add(events(10_501, 10_501));

        assertThat(backlog.take()).isEqualTo(new PeerBatch(true, events(10_501, 10_501), List.of()));
    }

    @Test
    void too_many_bytes_are_forgotten_too() throws Exception {
        String large = "x".repeat(1 << 20);
        for (int number = 1; number <= 20; number++) {
            backlog.add(List.of(TestEvents.event(STREAM, number, large)));
        }
        assertThat(backlog.take().sweep()).isTrue();
        assertThat(backlog.size()).isLessThan(16);
    }

    @Test
    void an_event_larger_than_a_batch_still_leaves() throws Exception {
        List<LoggedEvent> event = List.of(TestEvents.event(STREAM, 1, "x".repeat(2 << 20)));
        backlog.add(event);
        assertThat(backlog.take().events()).isEqualTo(event);
    }

    @Test
    void the_note_is_taken_once() throws Exception {
        backlog.drop();
        backlog.drop();
        assertThat(backlog.take()).isEqualTo(new PeerBatch(true, List.of(), List.of()));
        backlog.add(events(1, 1));
        assertThat(backlog.take()).isEqualTo(new PeerBatch(false, events(1, 1), List.of()));
    }

    @Test
    void a_notice_is_sent_once_however_often_the_stream_changed() throws Exception {
        backlog.addChanged(STREAM);
        backlog.addChanged(STREAM);
        assertThat(backlog.take()).isEqualTo(new PeerBatch(false, List.of(), List.of(STREAM)));
        backlog.add(events(1, 1));
        assertThat(backlog.take()).isEqualTo(new PeerBatch(false, events(1, 1), List.of()));
    }

    @Test
    void dropped_notices_are_replaced_by_a_sweep() throws Exception {
        backlog.addChanged(STREAM);
        backlog.drop();
        assertThat(backlog.take()).isEqualTo(new PeerBatch(true, List.of(), List.of()));
    }

    @Test
    void a_greeting_is_an_empty_batch() throws Exception {
        backlog.announce();
        assertThat(backlog.take()).isEqualTo(new PeerBatch(false, List.of(), List.of()));
    }

    private static List<LoggedEvent> events(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(number -> TestEvents.event(STREAM, number))
                .toList();
    }
}
