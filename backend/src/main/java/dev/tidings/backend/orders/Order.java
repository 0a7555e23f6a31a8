package dev.tidings.backend.orders;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The current state of an order.
 *
 * @param cancelReason null unless the order is cancelled
 * @param version counts the changes, from 1
 */
record Order(
        UUID id,
        String buyerId,
        List<OrderItem> items,
        Amounts amounts,
        OrderStatus status,
        String shippingAddress,
        @Nullable String cancelReason,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    Order movedTo(OrderStatus next, Instant now) {
        return new Order(id, buyerId, items, amounts, next, shippingAddress, cancelReason, version + 1, createdAt, now);
    }

    Order cancelled(String reason, Instant now) {
        return new Order(
                id,
                buyerId,
                items,
                amounts,
                OrderStatus.CANCELLED,
                shippingAddress,
                reason,
                version + 1,
                createdAt,
                now);
    }
}
