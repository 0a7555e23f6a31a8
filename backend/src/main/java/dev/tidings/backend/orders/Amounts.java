package dev.tidings.backend.orders;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** What an order costs. All with two decimals. */
record Amounts(BigDecimal subtotal, BigDecimal tax, BigDecimal total) {

    /**
     * The tax is taken once, of the subtotal, and rounded half up.
     *
     * @param taxRate 0.10 is ten per cent
     */
    static Amounts of(List<OrderItem> items, BigDecimal taxRate) {
        BigDecimal subtotal = items.stream().map(OrderItem::price).reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
        BigDecimal tax = subtotal.multiply(taxRate).setScale(2, RoundingMode.HALF_UP);
        return new Amounts(subtotal, tax, subtotal.add(tax));
    }
}
