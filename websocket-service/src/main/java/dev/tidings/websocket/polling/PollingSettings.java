package dev.tidings.websocket.polling;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param pollAfter when clients are told to ask again */
@Validated
@ConfigurationProperties("tidings.polling")
record PollingSettings(@NotNull Duration pollAfter) {}
