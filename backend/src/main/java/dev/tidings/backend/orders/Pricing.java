package dev.tidings.backend.orders;

import dev.tidings.backend.products.Product;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets names and unit prices of a new order from the catalogue. */
final class Pricing {
    private final Map<String, Product> products;
    private final List<FieldError> errors = new ArrayList<>();

    private Pricing(Map<String, Product> products) {
        this.products = products;
    }

    /**
     * Returns the items of an order. Throws a 422 that names each line that contradicts the catalogue, with the valid value.
     *
     * @param products products by SKU, at least those of the lines
     */
    static List<OrderItem> of(List<OrderForm.Line> lines, Map<String, Product> products) {
        Pricing pricing = new Pricing(products);
        List<OrderItem> items = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            OrderItem item = pricing.item("items[%d]".formatted(i), lines.get(i));
            if (item != null) {
                items.add(item);
            }
        }
        if (!pricing.errors.isEmpty()) {
            throw Problems.contradicting(pricing.errors);
        }
        return List.copyOf(items);
    }

    private @Nullable OrderItem item(String at, OrderForm.Line line) {
        Product product = products.get(line.sku());
        if (product == null) {
            refuse(at + ".sku", "names no product of the catalogue: see /api/v1/products");
            return null;
        }
        if (!product.active()) {
            refuse(at + ".sku", "names a product that is not sold now: see /api/v1/products");
            return null;
        }
        if (line.name() != null && !line.name().equals(product.name())) {
            refuse(at + ".name", "must be '%s', as in the catalogue, or be left out".formatted(product.name()));
        }
        if (line.unitPrice() != null && line.unitPrice().compareTo(product.unitPrice()) != 0) {
            refuse(
                    at + ".unitPrice",
                    "must be %s, the price in the catalogue, or be left out".formatted(product.unitPrice()));
        }
        return new OrderItem(product.sku(), product.name(), line.quantity(), product.unitPrice());
    }

    private void refuse(String field, String message) {
        errors.add(new FieldError(field, message));
    }
}
