package dev.tidings.backend.allocations;

import dev.tidings.events.Timestamps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The JSON of an allocation. */
record AllocationView(
        String allocationId,
        String purchaseId,
        String studentId,
        String courseId,
        @Nullable String trainerId,
        String status,
        @Nullable String reason,
        String createdAt,
        @Nullable String approvedAt,
        @Nullable String endedAt) {

    static AllocationView of(Allocation allocation) {
        return new AllocationView(
                allocation.id().toString(),
                allocation.purchaseId().toString(),
                allocation.studentId(),
                allocation.courseId(),
                allocation.trainerId(),
                allocation.status().wireName(),
                allocation.reason(),
                Timestamps.format(allocation.createdAt()),
                time(allocation.approvedAt()),
                time(allocation.endedAt()));
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : Timestamps.format(instant);
    }
}
