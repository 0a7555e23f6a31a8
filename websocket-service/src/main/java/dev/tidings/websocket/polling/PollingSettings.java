package dev.tidings.websocket.polling;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of polling.
 *
 * @param pollAfter delay after which clients are asked to poll again
 * @param concurrentReads maximum number of polls that read from the database concurrently
 * @param queueTimeout how long a poll waits to read; after that it is rejected with 503
 */
@Validated
@ConfigurationProperties("tidings.polling")
record PollingSettings(
        @NotNull Duration pollAfter,
        @DefaultValue("4") @Min(1) int concurrentReads,
        @DefaultValue("500ms") Duration queueTimeout) {}
