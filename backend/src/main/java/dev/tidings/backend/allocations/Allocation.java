package dev.tidings.backend.allocations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An allocation as it stands.
 *
 * @param trainerId null while it waits
 * @param reason why it waits; null if it does not
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
