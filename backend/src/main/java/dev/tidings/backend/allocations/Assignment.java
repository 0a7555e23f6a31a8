package dev.tidings.backend.allocations;

import dev.tidings.tutoring.TrainerChoice;
import java.util.List;
import java.util.UUID;

/** The result of auto-assign for a purchase. */
sealed interface Assignment {
    record Allocated(UUID allocationId, String trainerId, List<UUID> sessionIds) implements Assignment {}

    /** No trainer is free. The waiting list retries. */
    record Waiting(TrainerChoice.NoTrainerReason reason) implements Assignment {}

    /** The purchase will not get a trainer. */
    record Over(String code, String text) implements Assignment {}

    record NoSuchPurchase() implements Assignment {}
}
