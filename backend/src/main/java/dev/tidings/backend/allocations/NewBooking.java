package dev.tidings.backend.allocations;

import dev.tidings.tutoring.PlannedSession;
import java.util.List;
import java.util.UUID;

/**
 * A trainer for a purchase.
 *
 * @param sessionIds one for each session of the plan
 */
record NewBooking(
        UUID allocationId, Purchase purchase, String trainerId, List<PlannedSession> plan, List<UUID> sessionIds) {}
