package dev.tidings.workers.runtime;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of a worker, explained in application.yaml.
 *
 * @param worker the app id
 */
@ConfigurationProperties("tidings")
record WorkerSettings(
        @DefaultValue("") String worker,
        String needsMigration,
        Duration outageTimeout,
        int maxBatch,
        Duration maxAwait,
        @DefaultValue Map<String, Duration> maxAwaitOf) {
    WorkerSettings {
        if (worker.isBlank()) {
            throw new IllegalArgumentException(
                    "no worker is chosen: set TIDINGS_WORKER to the app id of one, such as purchase-worker");
        }
    }

    /** How often the sidecar looks for events of a topic. */
    Duration maxAwait(String topic) {
        return maxAwaitOf.getOrDefault(topic, maxAwait);
    }
}
