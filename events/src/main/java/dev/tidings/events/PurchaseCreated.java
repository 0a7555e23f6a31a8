package dev.tidings.events;

import java.time.Instant;
import java.util.UUID;

/**
 * A confirmed payment became a purchase (R-PF-2).
 *
 * @param type wire name of the {@link EventType}
 * @param timestamp when it happened, epoch ms
 * @param correlationId id of the payment that the whole flow began with (R-PF-1)
 * @param purchaseId the purchase
 * @param purchaseTier number of sessions bought: 10, 20 or 30
 * @param metadata further data of the purchase
 */
public record PurchaseCreated(
        String type,
        long timestamp,
        String correlationId,
        String purchaseId,
        String studentId,
        String courseId,
        int purchaseTier,
        PurchaseMetadata metadata) {
    /** Creates the event of a purchase. The payment of the metadata is the correlation id of the flow. */
    public static PurchaseCreated of(
            Instant at, UUID purchaseId, String studentId, String courseId, int tier, PurchaseMetadata metadata) {
        return new PurchaseCreated(
                EventType.PURCHASE_CREATED.wireName(),
                at.toEpochMilli(),
                metadata.paymentId(),
                purchaseId.toString(),
                studentId,
                courseId,
                tier,
                metadata);
    }

    /** @param timeSlot time of day of the sessions, such as {@code 16:00} */
    public record PurchaseMetadata(String paymentId, String timeSlot, String startDate) {}
}
