package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidings.local.supervision.Part;
import dev.tidings.local.topology.LocalStack;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.Metrics;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Replica;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** R-EV-5, R-OP-3, R-OP-4: the fault of an alert moves the metric that its rule reads, on the running system. */
@OnRunningStack
class AlertsSeeTheirFaultsIT {
    private static final String WORKER = "notification-service";
    private static final Duration LATE = Duration.ofMillis(1_500);

    private final Stack stack;
    private final String user = Users.named("faulted");
    private final String token;

    AlertsSeeTheirFaultsIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(user);
    }

    /** TidingsEventsWaitInTheOutbox. */
    @Test
    void anOutboxWhoseSidecarHangsAges() {
        Part sidecar = stack.sidecarOf(LocalStack.BACKEND);
        sidecar.suspend();
        try {
            stack.tasks().create(token, "waits");
            await("the age of the oldest event")
                    .until(() -> Metrics.of(stack.backend()).sum("tidings_outbox_oldest_age_seconds") > 1);
        } finally {
            sidecar.resume();
        }
        await("the outbox is empty").until(() -> Metrics.of(stack.backend()).sum("tidings_outbox_backlog") == 0);
    }

    /**
     * TidingsEventsAreNotLogged while the sidecars of the consumers hang, and TidingsEventsAreLoggedLate, TidingsWorkerIsBehind and
     * both alerts of the service level when they go on. TidingsScreensAreUpdatedLate reads a histogram that ConnectionTest fills.
     */
    @Test
    void consumersThatHangLogNothingAndThenLate() {
        List<Part> sidecars = Stream.concat(
                        stack.replicas().stream().map(Replica::part).map(Part::name), Stream.of(WORKER))
                .map(stack::sidecarOf)
                .toList();
        try (SocketClient socket = stack.replica(1).connect(token)) {
            stack.tasks().create(token, "in time");
            socket.ledger().awaitTitle("in time");
            double published = published();
            double logged = inReplicas("tidings_ingest_events_total", "topic=\"task-updates\"");
            double logLatency = inReplicas("tidings_ingest_latency_seconds_sum", "topic=\"task-updates\"");
            double onScreen = inReplicas("tidings_websocket_screen_delay_seconds_count");
            double inTime = inReplicas("tidings_websocket_screen_delay_seconds_bucket", "le=\"1.0\"");
            double workerLatency = inWorker("tidings_worker_latency_seconds_sum");
            sidecars.forEach(Part::suspend);
            try {
                stack.tasks().create(token, "late");
                long created = System.nanoTime();
                await("the broker has the event").until(() -> published() > published);
                await("the event is late").until(() -> System.nanoTime() - created > LATE.toNanos());
                assertThat(inReplicas("tidings_ingest_events_total", "topic=\"task-updates\""))
                        .isEqualTo(logged);
            } finally {
                sidecars.forEach(Part::resume);
            }
            socket.ledger().awaitTitle("late");
            await("the lateness is measured").untilAsserted(() -> {
                assertThat(inReplicas("tidings_ingest_latency_seconds_sum", "topic=\"task-updates\""))
                        .isGreaterThan(logLatency + 1);
                assertThat(inReplicas("tidings_websocket_screen_delay_seconds_count"))
                        .isEqualTo(onScreen + 1);
                assertThat(inReplicas("tidings_websocket_screen_delay_seconds_bucket", "le=\"1.0\""))
                        .isEqualTo(inTime);
                assertThat(inWorker("tidings_worker_latency_seconds_sum")).isGreaterThan(workerLatency + 1);
            });
        }
    }

    /** TidingsServiceIsDown. */
    @Test
    void aServiceThatIsDownAnswersNoScrape() {
        Part worker = stack.part(WORKER);
        worker.stop();

        assertThatThrownBy(() -> inWorker("process_uptime_seconds")).isInstanceOf(UncheckedIOException.class);

        worker.start();
        worker.awaitReady();
        assertThat(inWorker("process_uptime_seconds")).isPositive();
    }

    /** TidingsDeadLetter. */
    @Test
    void anEventThatAWorkerGivesUpOnIsCounted() {
        double before = Metrics.of(stack.backend()).sum("tidings_dead_letters_total");

        stack.publisher()
                .publish(BusEvent.business("PURCHASE_CONFIRMED", user)
                        .onTopic("purchase-confirmed")
                        .with("correlationId", UUID.randomUUID().toString()));

        await("the dead letter")
                .until(() -> Metrics.of(stack.backend()).sum("tidings_dead_letters_total") == before + 1);
    }

    /** TidingsEventsAreQuarantined. */
    @Test
    void anEventWithoutARecipientIsCounted() {
        double before = inReplicas("tidings_ingest_rejected_total");

        stack.publisher().publish(BusEvent.task(user, "nobody").with("user_id", ""));

        await("the rejection").until(() -> inReplicas("tidings_ingest_rejected_total") == before + 1);
    }

    /** TidingsRegistryIsUnavailable. TidingsPushesFail reads a counter that SocketIT raises by a cut between replicas. */
    @Test
    void aStateStoreThatHangsFailsTheLeases() {
        double before = inReplicas("tidings_cluster_lease_failures_total");
        Part redis = stack.part(LocalStack.REDIS);
        redis.suspend();
        try {
            await("a failed lease").until(() -> inReplicas("tidings_cluster_lease_failures_total") > before);
        } finally {
            redis.resume();
        }
    }

    private double published() {
        return Metrics.of(stack.backend())
                .sum("tidings_outbox_publish_seconds_count", "topic=\"task-updates\"", "outcome=\"published\"");
    }

    private double inReplicas(String metric, String... labels) {
        return stack.replicas().stream()
                .mapToDouble(replica -> Metrics.of(replica.address()).sum(metric, labels))
                .sum();
    }

    private double inWorker(String metric) {
        return Metrics.of(URI.create("http://localhost:" + stack.part(WORKER).port()))
                .sum(metric);
    }
}
