package dev.tidings.workers.recurring;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A completed task of a series.
 *
 * @param recurrence daily, weekly or monthly
 * @param timeZone time zone in which its days are counted; null for UTC
 * @param seriesStart first due time of the series; null if this task starts it
 * @param base due time or, without one, time of completion
 */
record CompletedTask(
        UUID id,
        String userId,
        String title,
        @Nullable String description,
        String recurrence,
        @Nullable String timeZone,
        @Nullable Instant seriesStart,
        Instant base) {

    Series series() {
        return new Series(
                seriesStart == null ? base : seriesStart,
                ZoneId.of(timeZone == null ? "UTC" : timeZone),
                switch (recurrence) {
                    case "daily" -> ChronoUnit.DAYS;
                    case "weekly" -> ChronoUnit.WEEKS;
                    case "monthly" -> ChronoUnit.MONTHS;
                    default -> throw new IllegalStateException("no task recurs " + recurrence);
                });
    }
}
