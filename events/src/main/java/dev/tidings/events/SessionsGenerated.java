package dev.tidings.events;

import java.util.List;

/**
 * Sessions were laid into the calendar (R-PF-3, R-PF-4).
 *
 * @param type wire name of the {@link EventType}
 * @param timestamp when it happened, epoch ms
 * @param correlationId id of the payment that the whole flow began with (R-PF-1)
 * @param sessionIds the sessions made this time
 * @param count how many that are
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
        int count) {}
