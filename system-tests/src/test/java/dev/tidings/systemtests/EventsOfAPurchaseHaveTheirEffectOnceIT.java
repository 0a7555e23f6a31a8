package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.local.topology.LocalStack;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tutoring;
import dev.tidings.systemtests.stack.Users;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** R-PF-9: any event delivered any number of times, in any order, to any number of workers, has its effect once. */
@OnRunningStack
@Order(3)
class EventsOfAPurchaseHaveTheirEffectOnceIT {

    private static final int TIER = 10;
    private static final int COPIES = 5;
    /** PURCHASE_CONFIRMED, PURCHASE_CREATED, COURSE_ACCESS_GRANTED, TRAINER_ALLOCATED, SESSIONS_GENERATED. */
    private static final int EVENTS = 5;

    private static final List<String> PUBLISHERS = List.of("backend", "purchase_worker", "session_worker");

    private final Stack stack;
    private final Tutoring tutoring;
    private final String course;
    private final String fenceCourse;
    private final List<Purchase> purchases = new ArrayList<>();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    /** @param page of the student, open from before */
    private record Purchase(String student, String payment, SocketClient page) {}

    EventsOfAPurchaseHaveTheirEffectOnceIT(Stack stack) {
        this.stack = stack;
        this.tutoring = stack.tutoring();
        this.course = tutoring.newCourse();
        this.fenceCourse = tutoring.newCourse();
        tutoring.addTrainers(course, 10);
        tutoring.addTrainers(fenceCourse, 10);
    }

    @AfterEach
    void closePages() {
        purchases.forEach(purchase -> purchase.page().close());
    }

    @Test
    void eachEventDeliveredFiveTimesInAShuffledOrderToTwoOfEachWorkerHasItsEffectOnce() {
        try (var _ = stack.startSecond(Tutoring.WORKERS)) {
            // While purchases are under way, each event again as soon as it is there, until every process has worked on
            // some.
            Set<BusEvent> seen = new HashSet<>();
            await("work for all eight").pollInterval(Duration.ofMillis(200)).until(() -> {
                purchases.add(buy());
                publishCopies(unseen(seen));
                return haveAllWorked();
            });
            await("all events of the flows").until(() -> {
                publishCopies(unseen(seen));
                return seen.size() == EVENTS * purchases.size();
            });
            // And when they have ended, all of them, in an order of their own.
            publishCopies(seen);

            // Same student, same partitions: when these are through, so are the copies before them.
            purchases.stream()
                    .map(purchase -> tutoring.buy(purchase.student(), fenceCourse, TIER, slot(purchase)))
                    .toList()
                    .forEach(payment -> tutoring.awaitComplete(payment, TIER));

            for (Purchase purchase : purchases) {
                assertHadItsEffectOnce(purchase);
            }
        }
    }

    private Purchase buy() {
        String student = Users.named("student");
        SocketClient page = stack.replica(1).connect(tutoring.studentToken(student));
        String slot = Tutoring.SLOTS.get(purchases.size() % Tutoring.SLOTS.size());
        return new Purchase(student, tutoring.buy(student, course, TIER, slot), page);
    }

    private String slot(Purchase purchase) {
        return Tutoring.SLOTS.get(purchases.indexOf(purchase) % Tutoring.SLOTS.size());
    }

    private void assertHadItsEffectOnce(Purchase purchase) {
        String payment = purchase.payment();
        assertThat(tutoring.purchases(payment)).as("seed %d", seed).isEqualTo(1);
        assertThat(tutoring.allocations(payment)).as("seed %d", seed).isEqualTo(1);
        assertThat(tutoring.sessions(payment)).as("seed %d", seed).isEqualTo(TIER);
        assertThat(published(payment))
                .as("no event was caused twice; seed %d", seed)
                .hasSize(EVENTS);
        assertThat(stack.database()
                        .number("SELECT count(*) FROM processed_events WHERE correlation_id::text = ?", payment))
                .as("seed %d", seed)
                .isEqualTo(6);
        purchase.page().ledger().awaitEvents(2 * (EVENTS - 1));
        assertThat(purchase.page().ledger().events()).as("seed %d", seed).hasSize(2 * (EVENTS - 1));
    }

    /** Both processes of each worker name one of these purchases in their logs. */
    private boolean haveAllWorked() {
        return Tutoring.WORKERS.stream()
                .flatMap(worker -> Stream.of(worker, LocalStack.secondName(worker)))
                .map(name -> stack.logOf(stack.part(name)))
                .allMatch(log ->
                        purchases.stream().anyMatch(purchase -> log.contains("correlation " + purchase.payment())));
    }

    /** What was published since the last time. */
    private List<BusEvent> unseen(Set<BusEvent> seen) {
        return purchases.stream()
                .flatMap(purchase -> published(purchase.payment()).stream())
                .filter(seen::add)
                .toList();
    }

    /** What was published of a payment so far, as it went. */
    private List<BusEvent> published(String payment) {
        return PUBLISHERS.stream()
                .flatMap(schema -> stack
                        .database()
                        .rows(
                                "SELECT json_build_array(topic, id, type, key, payload::text) FROM " + schema
                                        + ".outbox WHERE payload->>'correlationId' = ? AND published_at IS NOT NULL",
                                payment)
                        .stream()
                        .map(row -> BusEvent.published(schema.replace('_', '-'), row)))
                .toList();
    }

    private void publishCopies(Collection<BusEvent> events) {
        List<BusEvent> copies = new ArrayList<>();
        events.forEach(event -> copies.addAll(Collections.nCopies(COPIES, event)));
        Collections.shuffle(copies, random);
        copies.forEach(event -> stack.publisher(event.source()).publish(event));
    }
}
