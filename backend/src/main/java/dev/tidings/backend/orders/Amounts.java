package dev.tidings.backend.orders;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** The amounts of an order, with two decimals. */
record Amounts(BigDecimal subtotal, BigDecimal tax, BigDecimal total) {

    /**
     * Computes the tax once, from the subtotal, rounded half up.
     *
     * @param taxRate fraction: 0.10 is ten per cent
     */
    static Amounts of(List<OrderItem> items, BigDecimal taxRate) {
        BigDecimal subtotal = items.stream().map(OrderItem::price).reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
        BigDecimal tax = subtotal.multiply(taxRate).setScale(2, RoundingMode.HALF_UP);
        return new Amounts(subtotal, tax, subtotal.add(tax));
    }
}
