package dev.tidings.backend.allocations;

import java.util.Arrays;
import java.util.Optional;

/** {@code waiting → approved → active → completed}; cancelled ends any of the first three. */
enum AllocationStatus {
    /** For a trainer who is free. */
    WAITING("waiting"),
    APPROVED("approved"),
    /** A session was held. */
    ACTIVE("active"),
    /** All sessions were held. */
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
