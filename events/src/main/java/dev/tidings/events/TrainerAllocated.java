package dev.tidings.events;

import java.time.Instant;
import java.util.UUID;

/**
 * A trainer was allocated to a purchase (R-PF-3).
 *
 * @param type wire name of the {@link EventType}
 * @param timestamp when it happened, epoch ms
 * @param correlationId id of the payment that the whole flow began with (R-PF-1)
 */
public record TrainerAllocated(
        String type,
        long timestamp,
        String correlationId,
        String allocationId,
        String purchaseId,
        String studentId,
        String trainerId,
        String courseId) {
    /** @param paymentId the correlation id of the flow */
    public static TrainerAllocated of(
            Instant at,
            UUID paymentId,
            UUID allocationId,
            UUID purchaseId,
            String studentId,
            String trainerId,
            String courseId) {
        return new TrainerAllocated(
                EventType.TRAINER_ALLOCATED.wireName(),
                at.toEpochMilli(),
                paymentId.toString(),
                allocationId.toString(),
                purchaseId.toString(),
                studentId,
                trainerId,
                courseId);
    }
}
