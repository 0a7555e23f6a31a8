package dev.tidings.events;

/**
 * A confirmed payment became a purchase (R-PF-2).
 *
 * @param type wire name of the {@link EventType}
 * @param timestamp when it happened, epoch ms
 * @param correlationId id of the payment that the whole flow began with (R-PF-1)
 * @param purchaseId the purchase
 * @param purchaseTier number of sessions bought: 10, 20 or 30
 * @param metadata what allocation needs to know beside it
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
    /** @param timeSlot time of day of the sessions, such as {@code 16:00} */
    public record PurchaseMetadata(String paymentId, String timeSlot, String startDate) {}
}
