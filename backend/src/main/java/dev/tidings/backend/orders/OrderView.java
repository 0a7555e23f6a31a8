package dev.tidings.backend.orders;

import dev.tidings.events.Timestamps;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of an order. */
record OrderView(
        String orderId,
        String buyerId,
        List<OrderItem> items,
        BigDecimal subtotal,
        BigDecimal tax,
        BigDecimal total,
        String status,
        String shippingAddress,
        @Nullable String cancelReason,
        long version,
        String createdAt,
        String updatedAt) {

    static OrderView of(Order order) {
        return new OrderView(
                order.id().toString(),
                order.buyerId(),
                order.items(),
                order.amounts().subtotal(),
                order.amounts().tax(),
                order.amounts().total(),
                order.status().wireName(),
                order.shippingAddress(),
                order.cancelReason(),
                order.version(),
                Timestamps.format(order.createdAt()),
                Timestamps.format(order.updatedAt()));
    }
}
