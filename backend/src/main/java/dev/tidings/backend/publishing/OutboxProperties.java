package dev.tidings.backend.publishing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Explained in application.yaml. */
@ConfigurationProperties("tidings.outbox")
record OutboxProperties(String pubsub, Duration poll, Duration lease, Duration retention) {}
