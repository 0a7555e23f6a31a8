package dev.tidings.backend.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What its owner may say about a task. */
record TaskFields(
        String title,
        @Nullable String description,
        @Nullable Instant dueAt,
        @Nullable Recurrence recurrence) {}
