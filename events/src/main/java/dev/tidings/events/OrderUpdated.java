package dev.tidings.events;

/**
 * The status of an order changed (R-OR-2).
 *
 * @param buyerId owner of the order and recipient of the event
 * @param status {@code processing}, {@code shipped} or {@code delivered}
 * @param version counts the changes of this order from 1
 * @param changedBy the user who changed it
 * @param updatedAt ISO-8601 UTC with milliseconds
 * @param message describes the change for the buyer
 */
public record OrderUpdated(
        String orderId,
        String buyerId,
        String status,
        String previousStatus,
        long version,
        String changedBy,
        String updatedAt,
        String message) {}
