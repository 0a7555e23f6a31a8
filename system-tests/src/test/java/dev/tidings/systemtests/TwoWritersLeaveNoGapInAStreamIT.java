package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Publisher;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * R-WS-4, R-EV-1, R-EV-3: both replicas append to one stream at once, ten thousand events. Its numbers are told by what the
 * clients see: both get the same events in the same order, each once, and the log holds as many.
 */
@OnRunningStack
class TwoWritersLeaveNoGapInAStreamIT {

    private static final int EVENTS = 10_000;
    private static final int BATCH = 100;

    private final Stack stack;
    private final String user = Users.named("stream");
    private final String token;

    TwoWritersLeaveNoGapInAStreamIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(user);
    }

    @Test
    void tenThousandEventsOfOneUserFromBothReplicasComeOnceAndInOneOrder() throws Exception {
        List<BusEvent> events = IntStream.range(0, EVENTS)
                .mapToObj(n -> BusEvent.task(user, "event " + n).withKey("spread-" + n))
                .toList();
        try (SocketClient here = stack.replica(1).connect(token);
                SocketClient there = stack.replica(2).connect(token)) {
            publish(events);
            here.ledger().awaitEvents(EVENTS);
            there.ledger().awaitEvents(EVENTS);

            Set<String> published = events.stream().map(BusEvent::id).collect(Collectors.toSet());
            assertThat(Set.copyOf(here.ledger().eventIds())).isEqualTo(published);
            assertThat(here.ledger().eventIds())
                    .hasSize(EVENTS)
                    .isEqualTo(there.ledger().eventIds());
            assertThat(stack.database().logged(user)).isEqualTo(EVENTS);
            assertThat(here.ledger().messages("gap")).isEmpty();
            assertThat(stack.replicas())
                    .as("both replicas took part, else this proves nothing")
                    .allSatisfy(replica -> assertThat(stack.logOf(replica.part()))
                            .contains("Event received: task.created, userId: " + user));
        }
    }

    private void publish(List<BusEvent> events) throws Exception {
        Publisher publisher = stack.publisher();
        List<Callable<Void>> batches = IntStream.range(0, EVENTS / BATCH)
                .<Callable<Void>>mapToObj(n -> () -> {
                    publisher.publishAll(events.subList(n * BATCH, (n + 1) * BATCH));
                    return null;
                })
                .toList();
        try (ExecutorService publishers = Executors.newFixedThreadPool(2)) {
            for (Future<Void> batch : publishers.invokeAll(batches)) {
                batch.get();
            }
        }
    }
}
