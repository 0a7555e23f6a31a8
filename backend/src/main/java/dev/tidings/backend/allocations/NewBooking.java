package dev.tidings.backend.allocations;

import dev.tidings.tutoring.tables.NewSessions;
import java.util.UUID;

/** A trainer and sessions for a purchase. */
record NewBooking(UUID allocationId, Purchase purchase, NewSessions sessions) {
    String trainerId() {
        return sessions.trainerId();
    }
}
