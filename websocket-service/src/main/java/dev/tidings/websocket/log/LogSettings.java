package dev.tidings.websocket.log;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How long the past is kept.
 *
 * @param retention of the log: what a client can catch up; not shorter than Kafka's
 * @param dedupeRetention of ids and types of events, longer than anything that may deliver an event again (Kafka, dead
 *     letters); also of the rejected events
 */
@Validated
@ConfigurationProperties("tidings.log")
public record LogSettings(
        @NotNull Duration retention, @NotNull Duration dedupeRetention) {
    public LogSettings {
        if (retention.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("tidings.log.retention is at least 1h, not " + retention);
        }
        if (dedupeRetention.compareTo(retention) < 0) {
            throw new IllegalArgumentException("tidings.log.dedupe-retention (%s) is not shorter than retention (%s)"
                    .formatted(dedupeRetention, retention));
        }
    }
}
