package dev.tidings.sidecar.tracing;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code tidings.tracing.*}.
 *
 * @param endpoint where spans go by OTLP over HTTP, such as {@code http://collector:4318/v1/traces}; empty switches tracing off
 * @param sample the share of requests that are recorded, from 0 to 1
 */
@ConfigurationProperties("tidings.tracing")
record TracingSettings(
        @DefaultValue("") String endpoint,
        @DefaultValue("0.1") double sample) {
    TracingSettings {
        if (!(sample >= 0 && sample <= 1)) {
            throw new IllegalArgumentException("tidings.tracing.sample is %s, not from 0 to 1".formatted(sample));
        }
    }
}
