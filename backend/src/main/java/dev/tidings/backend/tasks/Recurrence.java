package dev.tidings.backend.tasks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The period of a recurring task. */
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
