package dev.tidings.local;

import dev.tidings.devkit.TidingsDatabase;
import java.util.List;
import java.util.Map;

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
    /** Out of the way of the examples. */
    private static final int SECONDS = 20;

    static WorkerSpec named(String appId) {
        return ALL.stream()
                .filter(worker -> worker.appId().equals(appId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no worker is named '" + appId + "'"));
    }

    ServiceSpec service(PortPlan ports) {
        return service(appId, ports.worker(port));
    }

    /** A second process, which shares the work with the first. */
    ServiceSpec second(PortPlan ports) {
        return service(secondName(appId), ports.worker(SECONDS + port));
    }

    static String secondName(String appId) {
        return appId + "-2";
    }

    private ServiceSpec service(String name, int httpPort) {
        return new ServiceSpec(
                name,
                appId,
                MODULE,
                httpPort,
                MAX_HEAP,
                TidingsDatabase::backend,
                Map.of("TIDINGS_WORKER", appId),
                sidecar -> sidecar.withConsumerGroup(consumerGroup));
    }
}
