package dev.tidings.backend.allocations;

import dev.tidings.tutoring.PlannedSession;
import java.util.List;
import java.util.UUID;

/**
 * A trainer and sessions for a purchase.
 *
 * @param sessionIds ids of the sessions, in the order of the plan
 */
record NewBooking(
        UUID allocationId, Purchase purchase, String trainerId, List<PlannedSession> plan, List<UUID> sessionIds) {}
