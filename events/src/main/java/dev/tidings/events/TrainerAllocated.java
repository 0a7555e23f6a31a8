package dev.tidings.events;

/**
 * A purchase got its trainer (R-PF-3).
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
        String courseId) {}
