package dev.tidings.websocket.ingest;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The limits of ingest.
 *
 * @param maxAwait how often the sidecar looks for events of a topic: the longest delay of an event under low load
 * @param maxAwaitOf the same for single topics
 * @param maxBatch the most events of a batch
 * @param maxEventBytes the limit for a CloudEvent on the broker, and for its data as the log returns it, with every digit written
 *     out; larger events are quarantined
 * @param maxDepth how deep objects and lists of a CloudEvent may nest
 * @param maxRecipients the most users that an event may name
 */
@Validated
@ConfigurationProperties("tidings.ingest")
record IngestSettings(
        @NotNull Duration maxAwait,
        @DefaultValue Map<String, Duration> maxAwaitOf,
        @Min(1) @Max(1000) int maxBatch,
        @Min(1024) int maxEventBytes,
        @Min(2) @Max(400) int maxDepth,
        @Min(1) int maxRecipients) {

    Duration maxAwait(String topic) {
        return maxAwaitOf.getOrDefault(topic, maxAwait);
    }
}
