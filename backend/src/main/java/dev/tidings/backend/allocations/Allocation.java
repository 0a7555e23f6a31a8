package dev.tidings.backend.allocations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The current state of an allocation.
 *
 * @param trainerId null while the allocation waits for a trainer
 * @param reason code of the reason for the wait; null if the allocation does not wait
 */
record Allocation(
        UUID id,
        UUID purchaseId,
        String studentId,
        String courseId,
        @Nullable String trainerId,
        AllocationStatus status,
        @Nullable String reason,
        Instant createdAt,
        @Nullable Instant approvedAt,
        @Nullable Instant endedAt) {}
