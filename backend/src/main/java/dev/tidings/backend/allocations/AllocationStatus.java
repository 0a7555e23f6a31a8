package dev.tidings.backend.allocations;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** {@code waiting → approved → active → completed}; each of the first three can change to cancelled. */
enum AllocationStatus {
    /** No trainer is free. */
    WAITING,
    APPROVED,
    /** At least one session took place. */
    ACTIVE,
    /** All sessions took place. */
    COMPLETED,
    CANCELLED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<AllocationStatus> of(String wireName) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(wireName))
                .findFirst();
    }
}
