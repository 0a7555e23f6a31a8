package dev.tidings.workers.runtime;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Explained in application.yaml.
 *
 * @param worker app id
 * @param appToken what the sidecar proves itself with
 */
@ConfigurationProperties("tidings")
record WorkerSettings(
        @DefaultValue("") String worker,
        @DefaultValue("") String appToken,
        String needsMigration,
        Duration outagePatience) {
    WorkerSettings {
        if (worker.isBlank()) {
            throw new IllegalArgumentException(
                    "no worker is chosen: set TIDINGS_WORKER to the app id of one, such as purchase-worker");
        }
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "WorkerSettings[%s]".formatted(worker);
    }
}
