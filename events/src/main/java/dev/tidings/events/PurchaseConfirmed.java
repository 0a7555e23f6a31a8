package dev.tidings.events;

import java.time.Instant;
import java.util.UUID;

/**
 * A payment succeeded (R-PF-1). Consumers read the payment from its table; the metadata is for people and logs.
 *
 * @param type wire name of the {@link EventType}
 * @param timestamp when it happened, epoch ms
 * @param correlationId id of the payment that the whole flow began with (R-PF-1)
 * @param paymentId the payment
 * @param studentId who paid
 * @param metadata what was bought
 */
public record PurchaseConfirmed(
        String type,
        long timestamp,
        String correlationId,
        String paymentId,
        String studentId,
        PaymentMetadata metadata) {
    /** Creates the event of a payment, whose id is also the correlation id of the flow. */
    public static PurchaseConfirmed of(Instant at, UUID paymentId, String studentId, PaymentMetadata metadata) {
        String id = paymentId.toString();
        return new PurchaseConfirmed(
                EventType.PURCHASE_CONFIRMED.wireName(), at.toEpochMilli(), id, id, studentId, metadata);
    }

    /**
     * What was bought.
     *
     * @param sessionCount 10, 20 or 30
     * @param timeSlot time of day of the sessions, such as {@code 16:00}
     * @param startDate first possible day, ISO-8601
     */
    public record PaymentMetadata(String courseId, int sessionCount, String timeSlot, String startDate) {}
}
