package dev.tidings.events;

/**
 * An order was cancelled, by its buyer or by an administrator (R-OR-2).
 *
 * @param buyerId owner of the order and recipient of the event
 * @param status {@code cancelled}
 * @param previousStatus status before the cancellation
 * @param version counts the changes of this order from 1
 * @param changedBy the user who cancelled it
 * @param cancelledAt ISO-8601 UTC with milliseconds
 */
public record OrderCancelled(
        String orderId,
        String buyerId,
        String status,
        String previousStatus,
        String reason,
        long version,
        String changedBy,
        String cancelledAt) {}
