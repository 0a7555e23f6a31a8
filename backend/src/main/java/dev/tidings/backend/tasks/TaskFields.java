package dev.tidings.backend.tasks;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What its owner may say about a task.
 *
 * @param timeZone where the days and months of its recurrence are counted; null for UTC
 */
record TaskFields(
        String title,
        @Nullable String description,
        @Nullable Instant dueAt,
        @Nullable Recurrence recurrence,
        @Nullable ZoneId timeZone) {}
