package dev.tidings.local;

import dev.tidings.devkit.SidecarSpec;
import dev.tidings.devkit.TidingsDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A worker of the stack. All of them run the same module, which is told by its app id what it is.
 *
 * @param appId Dapr app id, and name of the part
 * @param port as far above the first worker's
 * @param consumerGroup of its sidecar at Kafka (R-PF-2…5); the environment of the component file carries it there
 */
record WorkerSpec(String appId, int port, String consumerGroup) {

    /** A worker stands here as soon as it has a handler. */
    static final List<WorkerSpec> ALL = List.of(
            new WorkerSpec("purchase-worker", 0, "purchase-creation-workers"),
            new WorkerSpec("allocation-worker", 1, "trainer-allocation-workers"),
            new WorkerSpec("session-worker", 2, "session-scheduling-workers"),
            new WorkerSpec("cache-worker", 3, "cache-invalidation-workers"),
            new WorkerSpec("notification-service", 4, "notification-service"),
            new WorkerSpec("recurring-task-service", 5, "recurring-task-service"),
            new WorkerSpec("audit-log-service", 6, "audit-log-service"));

    private static final String MODULE = "workers";
    private static final String MAX_HEAP = "96m";

    ServiceSpec service(PortPlan ports) {
        return new ServiceSpec(
                appId,
                appId,
                MODULE,
                ports.worker(port),
                MAX_HEAP,
                TidingsDatabase::backend,
                Map.of("TIDINGS_WORKER", appId),
                sidecarOptions());
    }

    /**
     * A sidecar that finds its app dead leaves events in Kafka from then on, and does not take them for dead letters; what it gave
     * up before is delivered again by the backend. Two probes, since one slow answer followed at once by a quick one has left a
     * sidecar without its subscriptions.
     */
    private UnaryOperator<SidecarSpec> sidecarOptions() {
        return sidecar -> sidecar.withConsumerGroup(consumerGroup)
                .withAppHealth("/health/live", Duration.ofSeconds(1), 2)
                .withOption("app-health-probe-timeout", "1000");
    }
}
