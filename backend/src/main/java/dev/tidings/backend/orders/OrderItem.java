package dev.tidings.backend.orders;

import java.math.BigDecimal;

/**
 * One item of an order, in the database and in the API.
 *
 * @param unitPrice price before tax, with two decimals
 */
record OrderItem(String sku, String name, int quantity, BigDecimal unitPrice) {
    BigDecimal price() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }
}
