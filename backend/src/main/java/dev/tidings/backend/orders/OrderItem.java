package dev.tidings.backend.orders;

import java.math.BigDecimal;

/**
 * One line of an order, in the database as in the API.
 *
 * @param unitPrice with two decimals, before tax
 */
record OrderItem(String sku, String name, int quantity, BigDecimal unitPrice) {
    BigDecimal price() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }
}
