package dev.tidings.backend.home;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An active purchase and its progress.
 *
 * @param allocationId null before the allocation
 * @param waitingReason code of the reason why no trainer is assigned; null if one is
 * @param trainerId null until a trainer is assigned
 * @param scheduled number of sessions that were not completed yet
 */
record CourseProgress(
        String courseId,
        String title,
        String description,
        UUID purchaseId,
        UUID paymentId,
        int purchaseTier,
        Instant purchasedAt,
        @Nullable UUID allocationId,
        @Nullable String allocationStatus,
        @Nullable String waitingReason,
        @Nullable String trainerId,
        @Nullable String trainerName,
        int scheduled,
        int completed) {

    @Nullable
    AssignedTrainer trainer() {
        return trainerId == null ? null : new AssignedTrainer(trainerId, trainerName);
    }
}
