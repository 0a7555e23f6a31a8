package dev.tidings.backend.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R-OR-1: the tax is a rate of the subtotal, half up. */
class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "10.00, 1, 0.10, 10.00, 1.00, 11.00",
        " 0.05, 1, 0.10,  0.05, 0.01,  0.06",
        " 0.04, 1, 0.10,  0.04, 0.00,  0.04",
        " 0.15, 3, 0.10,  0.45, 0.05,  0.50",
        "33.33, 3, 0.19, 99.99, 19.00, 118.99",
        " 0.00, 9, 0.10,  0.00, 0.00,  0.00",
        "999999.99, 999, 0.10, 998999990.01, 99899999.00, 1098899989.01",
        "12.50, 2, 0.00, 25.00, 0.00, 25.00",
    })
    void theTaxIsRoundedHalfUp(
            BigDecimal unitPrice,
            int quantity,
            BigDecimal rate,
            BigDecimal subtotal,
            BigDecimal tax,
            BigDecimal total) {
        assertThat(Amounts.of(List.of(item(unitPrice, quantity)), rate)).isEqualTo(new Amounts(subtotal, tax, total));
    }

    @Test
    void theTaxIsTakenOnceOfTheSumAndNotOfEachItem() {
        OrderItem fourCents = item(new BigDecimal("0.04"), 1);

        assertThat(Amounts.of(List.of(fourCents, fourCents), new BigDecimal("0.10")))
                .isEqualTo(new Amounts(new BigDecimal("0.08"), new BigDecimal("0.01"), new BigDecimal("0.09")));
    }

    private static OrderItem item(BigDecimal unitPrice, int quantity) {
        return new OrderItem("SKU", "Thing", quantity, unitPrice);
    }
}
