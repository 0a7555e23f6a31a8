package dev.tidings.backend.products;

import dev.tidings.backend.requests.FormReader;
import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Reads a product that an administrator sends. */
final class ProductForm {
    static final BigDecimal MIN_UNIT_PRICE = new BigDecimal("0.01");
    static final BigDecimal MAX_UNIT_PRICE = new BigDecimal("999999.99");
    static final int MAX_NAME = 200;

    private static final Pattern SKU = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private ProductForm() {}

    /** @param sku from the path */
    static Product read(String sku, ObjectNode json) {
        FormReader form = FormReader.of(json, "a product", Set.of("name", "unitPrice", "active"));
        if (!SKU.matcher(sku).matches()) {
            form.reject(
                    "sku",
                    "must have 1 to 64 characters: letters, digits, '.', '_' and '-', with a letter or digit at the start");
        }
        Product product = new Product(
                sku,
                form.line("name", MAX_NAME),
                form.amount("unitPrice", MIN_UNIT_PRICE, MAX_UNIT_PRICE),
                form.bool("active"));
        form.finish();
        return product;
    }
}
