package dev.tidings.workers.runtime;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of a worker, explained in application.yaml.
 *
 * @param worker the app id
 */
@ConfigurationProperties("tidings")
record WorkerSettings(@DefaultValue("") String worker, String needsMigration, Duration outageTimeout) {
    WorkerSettings {
        if (worker.isBlank()) {
            throw new IllegalArgumentException(
                    "no worker is chosen: set TIDINGS_WORKER to the app id of one, such as purchase-worker");
        }
    }
}
