package dev.tidings.backend.home;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Explained in application.yaml. */
@ConfigurationProperties("tidings.cache")
record CacheProperties(String store, Duration timeout) {}
