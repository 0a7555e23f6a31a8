package dev.tidings.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session took place (R-PF-7). Trainer and student receive the event (R-WS-14).
 *
 * @param type wire name of the {@link EventType}
 * @param timestamp when it happened, epoch ms
 * @param correlationId id of the payment that the flow began with, where it is known
 * @param userId the user who completed the session
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
        String studentId) {
    /**
     * Creates the event of a session.
     *
     * @param paymentId the correlation id of the flow
     * @param role wire name of the role of the user
     */
    public static SessionCompleted of(
            Instant at,
            UUID paymentId,
            String userId,
            String role,
            UUID sessionId,
            String trainerId,
            String studentId) {
        return new SessionCompleted(
                EventType.SESSION_COMPLETED.wireName(),
                at.toEpochMilli(),
                paymentId.toString(),
                userId,
                role,
                sessionId.toString(),
                trainerId,
                studentId);
    }
}
