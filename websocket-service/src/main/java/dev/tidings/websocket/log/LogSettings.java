package dev.tidings.websocket.log;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Retention of the event log.
 *
 * @param retention how long clients can catch up; must not be shorter than the retention of Kafka
 * @param dedupeRetention how long ids and types of events are kept; must be longer than any source of repeated deliveries
 *     (Kafka, dead letters). Rejected events are kept as long
 */
@Validated
@ConfigurationProperties("tidings.log")
public record LogSettings(
        @NotNull Duration retention, @NotNull Duration dedupeRetention) {
    public LogSettings {
        if (retention.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("tidings.log.retention must be at least 1h, not " + retention);
        }
        if (dedupeRetention.compareTo(retention) < 0) {
            throw new IllegalArgumentException(
                    "tidings.log.dedupe-retention (%s) must not be shorter than retention (%s)"
                            .formatted(dedupeRetention, retention));
        }
    }
}
