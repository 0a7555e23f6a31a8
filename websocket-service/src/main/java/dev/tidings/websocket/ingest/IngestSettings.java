package dev.tidings.websocket.ingest;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param pubsub name of the sidecar's pub/sub component
 * @param maxAwait how long the sidecar waits for a batch to fill: what an event costs at most while little goes on
 * @param maxBatch most events of a batch
 * @param maxEventBytes of a CloudEvent as it lies on the broker, and of its data as the log gives it back, with every digit
 *     written out; larger ones are kept aside
 * @param maxDepth how deep objects and lists of a CloudEvent may nest
 * @param maxRecipients most users that an event may name
 */
@Validated
@ConfigurationProperties("tidings.ingest")
record IngestSettings(
        @NotBlank String pubsub,
        @NotNull Duration maxAwait,
        @Min(1) @Max(1000) int maxBatch,
        @Min(1024) int maxEventBytes,
        @Min(2) @Max(400) int maxDepth,
        @Min(1) int maxRecipients) {}
