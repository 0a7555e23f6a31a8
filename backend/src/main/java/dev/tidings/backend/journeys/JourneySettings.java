package dev.tidings.backend.journeys;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings {@code tidings.journeys}; application.yaml documents them.
 *
 * @param stepLimit how long a step may take before it counts as a problem
 * @param acknowledgeLimit how long an acknowledgement may take before it counts as missing
 */
@ConfigurationProperties("tidings.journeys")
record JourneySettings(Duration stepLimit, Duration acknowledgeLimit) {}
