package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.local.LocalStack;
import dev.tidings.local.Part;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Shoppers;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tutoring;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R-PF-9, R-PF-10: whatever is killed while purchases run, each ends complete, and none twice. */
@OnRunningStack
class PurchasesSurviveEveryCrashIT {

    private static final List<String> WORKERS =
            List.of("purchase-worker", "allocation-worker", "session-worker", "cache-worker");
    private static final int TIER = 10;
    private static final List<String> SLOTS =
            IntStream.range(0, 24).mapToObj("%02d:00"::formatted).toList();
    /** Between two deaths. */
    private static final int PURCHASES = 3;

    private final Stack stack;
    private final Tutoring tutoring;
    private final String course;

    PurchasesSurviveEveryCrashIT(Stack stack) {
        this.stack = stack;
        this.tutoring = stack.tutoring();
        this.course = tutoring.newCourse();
        tutoring.addTrainers(course, 100);
    }

    @AfterEach
    void allIsWellAgain() {
        stack.awaitHealthy();
    }

    @Test
    void everyWorkerEverySidecarAndTheBackendMayBeKilled() {
        List<String> victims = new ArrayList<>(Stream.concat(WORKERS.stream(), Stream.of(LocalStack.BACKEND))
                .flatMap(app -> Stream.of(app, LocalStack.sidecarName(app)))
                .toList());
        long seed = new Random().nextLong();
        Collections.shuffle(victims, new Random(seed));

        assertAllComplete("killed in the order " + victims, victims);
    }

    @Test
    void kafkaMayBeAwayAndTheDatabaseMayRestart() {
        assertAllComplete("Kafka and PostgreSQL restarted", List.of(LocalStack.KAFKA, LocalStack.POSTGRES));
    }

    /** Kills one after the other, each while purchases run. */
    private void assertAllComplete(String how, List<String> victims) {
        Shoppers shoppers = Shoppers.start(tutoring, course, TIER, SLOTS);
        for (String name : victims) {
            shoppers.awaitMore(PURCHASES);
            Part victim = stack.part(name);
            victim.kill();
            victim.start();
        }
        shoppers.awaitMore(PURCHASES);
        Map<String, String> payments = shoppers.stop();

        payments.keySet().forEach(payment -> tutoring.awaitComplete(payment, TIER));
        for (String payment : payments.keySet()) {
            assertThat(List.of(tutoring.purchases(payment), tutoring.allocations(payment), tutoring.sessions(payment)))
                    .as("purchases, allocations and sessions of payment %s; %s", payment, how)
                    .containsExactly(1L, 1L, (long) TIER);
        }
    }
}
