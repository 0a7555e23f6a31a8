package dev.tidings.backend.allocations;

import dev.tidings.tutoring.TrainerChoice;
import java.util.List;
import java.util.UUID;

/** What auto-assign has to say about a purchase. */
sealed interface Assignment {
    record Allocated(UUID allocationId, String trainerId, List<UUID> sessionIds) implements Assignment {}

    /** Nobody is free; it is tried again by itself. */
    record Waiting(TrainerChoice.NoTrainerReason reason) implements Assignment {}

    /** It will never get a trainer. */
    record Over(String code, String text) implements Assignment {}

    record NoSuchPurchase() implements Assignment {}
}
