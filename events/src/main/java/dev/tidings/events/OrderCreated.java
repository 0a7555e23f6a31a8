package dev.tidings.events;

import java.math.BigDecimal;
import java.util.List;

/**
 * An order was created (R-OR-2). Amounts have two decimals; the server computed them.
 *
 * @param buyerId owner of the order and recipient of the event
 * @param total subtotal and tax
 * @param status {@code pending}
 * @param shippingAddress lines of text
 * @param version counts the changes of this order from 1, over all three event types; a client ignores a version older than
 *     the one it shows
 * @param createdAt ISO-8601 UTC with milliseconds
 */
public record OrderCreated(
        String orderId,
        String buyerId,
        List<OrderedItem> items,
        BigDecimal subtotal,
        BigDecimal tax,
        BigDecimal total,
        String status,
        String shippingAddress,
        long version,
        String createdAt) {

    /** One line of an order. */
    public record OrderedItem(String sku, String name, int quantity, BigDecimal unitPrice) {}
}
