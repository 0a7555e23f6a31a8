package dev.tidings.websocket.polling;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param pollAfter when clients are told to ask again
 * @param concurrentReads polls that read from the database at once
 * @param turnTimeout how long a poll waits for its turn; after that it is answered 503
 */
@Validated
@ConfigurationProperties("tidings.polling")
record PollingSettings(
        @NotNull Duration pollAfter,
        @DefaultValue("4") @Min(1) int concurrentReads,
        @DefaultValue("500ms") Duration turnTimeout) {}
