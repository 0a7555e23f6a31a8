package dev.tidings.backend.allocations;

import dev.tidings.tutoring.PlannedSession;
import dev.tidings.tutoring.SessionPlan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase that needs a trainer.
 *
 * @param paymentId correlation id of the events of the purchase
 * @param allocation existing allocation; null if there is none
 */
record Purchase(
        UUID id,
        UUID paymentId,
        String studentId,
        String courseId,
        boolean active,
        TrainerRequirements requirements,
        @Nullable Existing allocation) {

    /** @param trainerId null if no trainer was ever assigned */
    record Existing(
            UUID id, AllocationStatus status, @Nullable String trainerId) {}

    /** The requirements of a purchase. Purchases with equal requirements have the same choice of trainers. */
    record TrainerRequirements(String skill, int sessions, LocalTime slot, LocalDate startDate, ZoneId zone) {
        List<PlannedSession> plan(Instant now) {
            return SessionPlan.lay(startDate, slot, zone, sessions, now);
        }
    }
}
