package dev.tidings.backend.tasks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How often a task comes back once it is completed. */
enum Recurrence {
    DAILY,
    WEEKLY,
    MONTHLY;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Recurrence> of(String wireName) {
        return Arrays.stream(values())
                .filter(recurrence -> recurrence.wireName().equals(wireName))
                .findFirst();
    }
}
