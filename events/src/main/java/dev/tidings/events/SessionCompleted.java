package dev.tidings.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A session took place (R-PF-7). Both the trainer and the student are told (R-WS-14).
 *
 * @param type wire name of the {@link EventType}
 * @param timestamp when it happened, epoch ms
 * @param correlationId id of the payment that the flow began with, where it is known
 * @param userId who completed it
 * @param role role of that user; never an address
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionCompleted(
        String type,
        long timestamp,
        @Nullable String correlationId,
        String userId,
        String role,
        String sessionId,
        String trainerId,
        String studentId) {}
