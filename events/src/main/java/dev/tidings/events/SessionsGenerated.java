package dev.tidings.events;

import java.util.List;
import java.util.UUID;

/**
 * Sessions were created (R-PF-3, R-PF-4).
 *
 * @param type wire name of the {@link EventType}
 * @param timestamp when it happened, epoch ms
 * @param correlationId id of the payment that the whole flow began with (R-PF-1)
 * @param sessionIds the sessions that were created
 * @param count number of these sessions
 */
public record SessionsGenerated(
        String type,
        long timestamp,
        String correlationId,
        String allocationId,
        String purchaseId,
        String studentId,
        String trainerId,
        String courseId,
        List<String> sessionIds,
        int count) {
    /** Creates the event of sessions that belong to an allocation and were created at the time of its event. */
    public static SessionsGenerated of(TrainerAllocated allocation, List<UUID> sessionIds) {
        return new SessionsGenerated(
                EventType.SESSIONS_GENERATED.wireName(),
                allocation.timestamp(),
                allocation.correlationId(),
                allocation.allocationId(),
                allocation.purchaseId(),
                allocation.studentId(),
                allocation.trainerId(),
                allocation.courseId(),
                sessionIds.stream().map(UUID::toString).toList(),
                sessionIds.size());
    }
}
