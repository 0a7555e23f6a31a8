package dev.tidings.backend.allocations;

import java.util.Arrays;
import java.util.Optional;

/** {@code waiting → approved → active → completed}; each of the first three can change to cancelled. */
enum AllocationStatus {
    /** No trainer is free. */
    WAITING("waiting"),
    APPROVED("approved"),
    /** At least one session took place. */
    ACTIVE("active"),
    /** All sessions took place. */
    COMPLETED("completed"),
    CANCELLED("cancelled");

    private final String wireName;

    AllocationStatus(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    static Optional<AllocationStatus> of(String wireName) {
        return Arrays.stream(values())
                .filter(status -> status.wireName.equals(wireName))
                .findFirst();
    }
}
