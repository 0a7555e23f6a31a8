package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Publisher;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** R-EV-1, R-PF-9 and docs/architecture.md#the-way-of-an-event: the broker delivers at least once, and a client receives each event once. */
@OnRunningStack
class EachEventIsDeliveredOnceIT {

    /** Keys that together reach every partition, so that both replicas take part. */
    private static final List<String> SPREAD_KEYS =
            IntStream.range(0, 16).mapToObj(n -> "key-" + n).toList();

    private final Stack stack;
    private final Publisher publisher;
    private final String user = Users.named("once");
    private final String token;

    EachEventIsDeliveredOnceIT(Stack stack) {
        this.stack = stack;
        this.publisher = stack.publisher();
        this.token = stack.tokens().of(user);
    }

    @Test
    void anEventPublishedManyTimesArrivesOnce() {
        try (SocketClient here = stack.replica(1).connect(token);
                SocketClient there = stack.replica(2).connect(token)) {
            BusEvent event = BusEvent.task(user, "repeated");
            for (int n = 0; n < 5; n++) {
                publisher.publish(event);
            }
            publisher.publishAll(List.of(event, event.withId(event.id() + "-other"), event));
            publisher.publish(BusEvent.task(user, "fence"));

            here.ledger().awaitTitle("fence");
            there.ledger().awaitTitle("fence");
            List<String> once = List.of("repeated", "repeated", "fence");
            here.ledger().assertTitles(once);
            there.ledger().assertTitles(once);
            assertThat(stack.database().logged(user)).isEqualTo(3);
        }
    }

    @Test
    void theSameEventTakenInByBothReplicasAtOnceArrivesOnce() {
        try (SocketClient here = stack.replica(1).connect(token);
                SocketClient there = stack.replica(2).connect(token)) {
            BusEvent event = BusEvent.task(user, "twin");
            publisher.publishAll(SPREAD_KEYS.stream().map(event::withKey).toList());
            List<BusEvent> fences = SPREAD_KEYS.stream()
                    .map(key -> BusEvent.task(user, "fence " + key).withKey(key))
                    .toList();
            publisher.publishAll(fences);

            here.ledger().awaitEvents(1 + fences.size());
            there.ledger().awaitEvents(1 + fences.size());
            assertThat(stack.database().logged(user)).isEqualTo(1 + fences.size());
            assertThat(here.ledger().eventIds()).isEqualTo(there.ledger().eventIds());
            assertThat(here.ledger().titles()).containsOnlyOnce("twin");
        }
    }

    @Test
    void equalIdsFromTwoSourcesAreTwoEvents() {
        try (SocketClient socket = stack.replica(1).connect(token)) {
            BusEvent ours = BusEvent.task(user, "of the backend");
            BusEvent theirs = BusEvent.task(user, "of the recurring tasks")
                    .withId(ours.id())
                    .withSource("recurring-task-service");
            publisher.publish(ours);
            publisher.publish(theirs);

            socket.ledger().awaitEvents(2);
            assertThat(socket.ledger().events().stream().map(Message::key))
                    .containsExactlyElementsOf(
                            Stream.of(ours, theirs).map(BusEvent::ledgerKey).toList());
        }
    }

    /** As when the partition of the log that held it was detached in between. */
    @Test
    void anEventThatComesAgainAfterItsLogEntryIsGoneIsNotNews() {
        try (SocketClient socket = stack.replica(1).connect(token)) {
            BusEvent old = BusEvent.task(user, "old");
            publisher.publish(old);
            socket.ledger().awaitTitle("old");
            stack.database().forgetLogOf(user);

            publisher.publish(old);
            publisher.publish(BusEvent.task(user, "new"));
            socket.ledger().awaitTitle("new");
            socket.ledger().assertTitles(List.of("old", "new"));
            assertThat(stack.database().logged(user))
                    .as("only the new one is logged")
                    .isEqualTo(1);
        }
    }
}
