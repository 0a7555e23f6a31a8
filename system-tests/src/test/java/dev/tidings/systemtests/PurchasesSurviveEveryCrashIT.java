package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.local.supervision.Part;
import dev.tidings.local.topology.LocalStack;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Shoppers;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tutoring;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * R-PF-9, R-PF-10: whatever is killed, frozen or away while purchases run, each ends complete, and none twice.
 *
 * <p>With {@code -Dtidings.purchases=200} so many for each test in place of some.
 */
@OnRunningStack
@Order(1)
class PurchasesSurviveEveryCrashIT {

    private static final int TIER = 10;
    private static final int PURCHASES = Integer.getInteger("tidings.purchases", 36);

    private final Stack stack;
    private final Tutoring tutoring;
    private final String course;
    private final Random random;
    private final long seed;

    PurchasesSurviveEveryCrashIT(Stack stack) {
        this.stack = stack;
        this.tutoring = stack.tutoring();
        this.course = tutoring.newCourse();
        this.seed = new Random().nextLong();
        this.random = new Random(seed);
        tutoring.addTrainers(course, 20 + PURCHASES / Tutoring.SLOTS.size());
    }

    @AfterEach
    void allIsWellAgain() {
        stack.awaitHealthy();
    }

    @Test
    void everyWorkerEverySidecarAndTheBackendMayBeKilledAtAnyMoment() {
        List<String> victims = new ArrayList<>(Stream.concat(Tutoring.WORKERS.stream(), Stream.of(LocalStack.BACKEND))
                .flatMap(app -> Stream.of(app, LocalStack.sidecarName(app)))
                .toList());
        Collections.shuffle(victims, random);
        int[] moments = random.ints(victims.size(), 1, PURCHASES).sorted().toArray();

        Shoppers shoppers = shoppers();
        for (int i = 0; i < moments.length; i++) {
            shoppers.awaitCount(moments[i]);
            Part victim = stack.part(victims.get(i));
            victim.kill();
            victim.start();
        }

        assertAllComplete(shoppers, "killed in the order %s, seed %d".formatted(victims, seed));
    }

    @Test
    void kafkaMayBeAwayAndTheDatabaseMayRestart() {
        Shoppers shoppers = shoppers();
        shoppers.awaitCount(PURCHASES / 12);
        stack.part(LocalStack.KAFKA).kill();
        shoppers.awaitCount(PURCHASES * 10 / 12);
        stack.part(LocalStack.KAFKA).start();
        shoppers.awaitCount(PURCHASES * 11 / 12);
        stack.part(LocalStack.POSTGRES).kill();
        stack.part(LocalStack.POSTGRES).start();

        assertAllComplete(shoppers, "Kafka was away, PostgreSQL restarted");
    }

    /** A sidecar must not lose its subscriptions because its worker did not answer it for some seconds (docs/adr/0011). */
    @Test
    void theWorkersMayStandStillAndGoOn() {
        Shoppers shoppers = shoppers();
        shoppers.awaitMore(1);
        Tutoring.WORKERS.forEach(worker -> stack.part(worker).suspend());
        shoppers.awaitMore(PURCHASES * 10 / 12);
        Tutoring.WORKERS.forEach(worker -> stack.part(worker).resume());

        assertAllComplete(shoppers, "the workers stood still for a while");
    }

    private Shoppers shoppers() {
        return Shoppers.start(tutoring, course, TIER, Tutoring.SLOTS);
    }

    /** And the last one began after all was over. */
    private void assertAllComplete(Shoppers shoppers, String how) {
        shoppers.awaitMore(1);
        shoppers.awaitCount(PURCHASES);
        Map<String, String> payments = shoppers.stop();

        payments.keySet().forEach(payment -> tutoring.awaitComplete(payment, TIER));
        for (String payment : payments.keySet()) {
            assertThat(List.of(tutoring.purchases(payment), tutoring.allocations(payment), tutoring.sessions(payment)))
                    .as("purchases, allocations and sessions of payment %s; %s", payment, how)
                    .containsExactly(1L, 1L, (long) TIER);
        }
    }
}
