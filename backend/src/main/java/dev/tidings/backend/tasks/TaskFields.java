package dev.tidings.backend.tasks;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a task that its owner sets.
 *
 * @param timeZone time zone in which days and months of the recurrence are counted; null for UTC
 */
record TaskFields(
        String title,
        @Nullable String description,
        @Nullable Instant dueAt,
        @Nullable Recurrence recurrence,
        @Nullable ZoneId timeZone) {}
