package dev.tidings.workers.cache;

import dev.tidings.workers.runtime.ForWorker;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Explained in application.yaml. */
@ForWorker("cache-worker")
@ConfigurationProperties("tidings.cache")
record CacheProperties(String store, Duration timeout) {}
