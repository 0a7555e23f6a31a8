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
 * @param paymentId correlation id of its events
 * @param allocation what became of it so far; null for nothing
 */
record Purchase(
        UUID id,
        UUID paymentId,
        String studentId,
        String courseId,
        boolean active,
        TrainerRequirements wish,
        @Nullable Existing allocation) {

    /** @param trainerId null while it waits, and if it was cancelled then */
    record Existing(
            UUID id, AllocationStatus status, @Nullable String trainerId) {}

    /** What a trainer must fit. Equal wishes have equal chances. */
    record TrainerRequirements(String skill, int sessions, LocalTime slot, LocalDate startDate, ZoneId zone) {
        List<PlannedSession> plan(Instant now) {
            return SessionPlan.lay(startDate, slot, zone, sessions, now);
        }
    }
}
