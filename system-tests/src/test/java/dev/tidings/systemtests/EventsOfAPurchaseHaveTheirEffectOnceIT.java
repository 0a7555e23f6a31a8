package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tutoring;
import dev.tidings.systemtests.stack.Users;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** R-PF-9: any event delivered any number of times, in any order, has its effect once. */
@OnRunningStack
class EventsOfAPurchaseHaveTheirEffectOnceIT {

    private static final int TIER = 10;
    private static final int COPIES = 5;
    /** PURCHASE_CONFIRMED, PURCHASE_CREATED, COURSE_ACCESS_GRANTED, TRAINER_ALLOCATED, SESSIONS_GENERATED. */
    private static final int EVENTS = 5;

    private final Stack stack;
    private final Tutoring tutoring;
    private final String student = Users.named("student");
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    EventsOfAPurchaseHaveTheirEffectOnceIT(Stack stack) {
        this.stack = stack;
        this.tutoring = stack.tutoring();
    }

    @Test
    void eachEventDeliveredFiveTimesInAShuffledOrderHasItsEffectOnce() {
        String course = tutoring.newCourse();
        tutoring.addTrainers(course, 3);
        try (SocketClient page = stack.replica(1).connect(tutoring.studentToken(student))) {
            String payment = tutoring.buy(student, course, TIER);
            // While the flow is under way, each event again as soon as it is there.
            Set<BusEvent> seen = new HashSet<>();
            await("all events of the flow").until(() -> {
                List<BusEvent> copies = new ArrayList<>();
                outboxes(payment).stream().filter(seen::add).forEach(event -> copies.addAll(copiesOf(event)));
                publishShuffled(copies);
                return seen.size() == EVENTS;
            });
            // And when it has ended, all of them, in an order of their own.
            List<BusEvent> copies = new ArrayList<>();
            seen.forEach(event -> copies.addAll(copiesOf(event)));
            publishShuffled(copies);

            // Same student, same partitions: when this one is through, so are the copies before it.
            String fenceCourse = tutoring.newCourse();
            tutoring.addTrainers(fenceCourse, 1);
            tutoring.awaitComplete(tutoring.buy(student, fenceCourse, TIER), TIER);

            assertThat(tutoring.purchases(payment)).as("seed %d", seed).isEqualTo(1);
            assertThat(tutoring.allocations(payment)).as("seed %d", seed).isEqualTo(1);
            assertThat(tutoring.sessions(payment)).as("seed %d", seed).isEqualTo(TIER);
            assertThat(outboxes(payment))
                    .as("no event was caused twice; seed %d", seed)
                    .hasSize(EVENTS);
            assertThat(stack.database()
                            .number("SELECT count(*) FROM processed_events WHERE correlation_id::text = ?", payment))
                    .isEqualTo(6);
            page.ledger().awaitEvents(2 * (EVENTS - 1));
            assertThat(page.ledger().events()).as("seed %d", seed).hasSize(2 * (EVENTS - 1));
        }
    }

    /** What was published of a payment so far, as it went. */
    private List<BusEvent> outboxes(String payment) {
        return List.of("backend", "purchase_worker", "session_worker").stream()
                .flatMap(schema -> published(schema, payment).stream())
                .toList();
    }

    private List<BusEvent> published(String schema, String payment) {
        return stack
                .database()
                .rows(
                        "SELECT json_build_array(topic, id, type, key, payload::text) FROM " + schema
                                + ".outbox WHERE payload->>'correlationId' = ? AND published_at IS NOT NULL",
                        payment)
                .stream()
                .map(row -> BusEvent.published(schema.replace('_', '-'), row))
                .toList();
    }

    private static List<BusEvent> copiesOf(BusEvent event) {
        return Collections.nCopies(COPIES, event);
    }

    private void publishShuffled(List<BusEvent> events) {
        Collections.shuffle(events, random);
        events.forEach(event -> stack.publisher(event.source()).publish(event));
    }
}
