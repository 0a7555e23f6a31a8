package dev.tidings.backend.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidings.backend.orders.OrderForm.Line;
import dev.tidings.backend.products.Product;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

class PricingTest {
    private static final Map<String, Product> PRODUCTS = Map.of(
            "TEA", new Product("TEA", "Green tea", new BigDecimal("4.45"), true),
            "QUILL", new Product("QUILL", "Quill", new BigDecimal("3.20"), false));

    @Test
    void nameAndPriceComeFromTheCatalogueSentOrNot() {
        OrderItem tea = new OrderItem("TEA", "Green tea", 2, new BigDecimal("4.45"));

        assertThat(Pricing.of(
                        List.of(line("TEA", null, null), line("TEA", "Green tea", "4.45"), line("TEA", null, "4.450")),
                        PRODUCTS))
                .containsExactly(tea, tea, tea);
    }

    @Test
    void everyContradictionIsNamedWithTheValueThatHolds() {
        ErrorResponseException refusal = catchThrowableOfType(
                ErrorResponseException.class,
                () -> Pricing.of(
                        List.of(
                                line("TEA", "Black tea", "0.00"),
                                line("TEA", null, null),
                                line("tea", null, null),
                                line("QUILL", "Quill", "3.20")),
                        PRODUCTS));

        assertThat(refusal.getStatusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(refusal.getBody().getProperties())
                .hasToString(
                        "{errors=[FieldError[field=items[0].name, message=must be 'Green tea', as in the catalogue, or be left out],"
                                + " FieldError[field=items[0].unitPrice, message=must be 4.45, the price in the catalogue, or be left"
                                + " out], FieldError[field=items[2].sku, message=names no product of the catalogue: see"
                                + " /api/v1/products], FieldError[field=items[3].sku, message=names a product that is not sold now:"
                                + " see /api/v1/products]]}");
    }

    private static Line line(String sku, @Nullable String name, @Nullable String unitPrice) {
        return new Line(sku, 2, name, unitPrice == null ? null : new BigDecimal(unitPrice));
    }
}
