package dev.tidings.backend.home;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An active purchase and how far it has come.
 *
 * @param allocationId null until allocation began
 * @param waitingReason why no trainer is there yet, as a code
 * @param trainerId null until a trainer was found
 * @param scheduled sessions that are still to come, or were not completed
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
