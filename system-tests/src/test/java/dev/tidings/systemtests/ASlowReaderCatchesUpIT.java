package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.Metrics;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Publisher;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md#the-one-idea: what a slow socket cannot take waits in the log, and is read from there at its pace. */
@OnRunningStack
class ASlowReaderCatchesUpIT {

    /** Together more than the buffers of both kernels and the service's queue hold. */
    private static final int EVENTS = 2_000;

    private static final String PADDING = "x".repeat(8_000);
    private static final int BATCH = 50;

    private final Stack stack;
    private final String user = Users.named("slow");

    ASlowReaderCatchesUpIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void aClientThatStopsReadingGetsEverythingInOrderOnceItReadsAgain() {
        String token = stack.tokens().of(user);
        try (SocketClient slow = stack.replica(1).connect(token);
                SocketClient quick = stack.replica(1).connect(token)) {
            String delivered = "tidings_websocket_delivery_latency_seconds_count";
            String ofTasks = "event_type=\"task.created\"";
            Metrics before = Metrics.of(stack.replica(1).address());
            slow.stopReading();
            List<String> titles = publish();
            quick.ledger().awaitEvents(EVENTS).assertTitles(titles);
            assertThat(slow.ledger().events()).as("it did not read").hasSizeLessThan(EVENTS);

            slow.startReading();
            slow.ledger().awaitEvents(EVENTS).assertTitles(titles);
            assertThat(slow.closeCode()).as("it was not cut").isEmpty();
            await("R-OP-4: what was caught up is measured like what was pushed").untilAsserted(() -> {
                Metrics after = Metrics.of(stack.replica(1).address());
                assertThat(after.sum(delivered, ofTasks) - before.sum(delivered, ofTasks))
                        .isEqualTo(2 * EVENTS);
                assertThat(after.sum("tidings_websocket_slow_consumers_total"))
                        .isGreaterThan(before.sum("tidings_websocket_slow_consumers_total"));
            });

            stack.tasks().create(token, "live again");
            slow.ledger().awaitTitle("live again");
        }
    }

    private List<String> publish() {
        Publisher publisher = stack.publisher();
        List<BusEvent> events = IntStream.range(0, EVENTS)
                .mapToObj(n -> BusEvent.task(user, "event " + n).with("description", PADDING))
                .toList();
        for (int from = 0; from < EVENTS; from += BATCH) {
            publisher.publishAll(events.subList(from, from + BATCH));
        }
        return events.stream()
                .map(event -> event.data().path("title").asString())
                .toList();
    }
}
