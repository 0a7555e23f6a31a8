package dev.tidings.backend.overview;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the overview.
 *
 * @param deliverWithin the N of "committed but not delivered within N seconds"; the chart gives the same value to its alerts
 * @param period time between two snapshots
 * @param watch how long an operator counts as watching after a request
 */
@ConfigurationProperties("tidings.overview")
record OverviewSettings(Duration deliverWithin, Duration period, Duration watch) {}
