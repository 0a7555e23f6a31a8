package dev.tidings.backend.orders;

import dev.tidings.backend.requests.FormReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads requests about orders. */
final class OrderForm {
    static final int MAX_ITEMS = 100;
    static final int MAX_QUANTITY = 999;
    static final BigDecimal MAX_UNIT_PRICE = new BigDecimal("999999.99");
    static final int MAX_SKU = 64;
    static final int MAX_NAME = 200;
    static final int MAX_ADDRESS = 500;
    static final int MAX_REASON = 500;

    private static final BigDecimal FREE = new BigDecimal("0.00");
    private static final Line UNREADABLE = new Line("", 1, null, null);

    private OrderForm() {}

    /** A new order as the buyer sends it, without amounts, which the server computes. */
    record Draft(List<Line> items, String shippingAddress) {}

    /**
     * One item of a new order.
     *
     * @param name name that the buyer saw; null if it was not sent
     * @param unitPrice price that the buyer saw, with two decimals; null if it was not sent
     */
    record Line(
            String sku,
            int quantity,
            @Nullable String name,
            @Nullable BigDecimal unitPrice) {}

    /** A change that an administrator requests. */
    record Change(OrderStatus status, @Nullable String reason) {}

    static Draft newOrder(ObjectNode json) {
        FormReader form =
                FormReader.of(json, "a new order; the server computes all amounts", Set.of("items", "shippingAddress"));
        Draft draft = new Draft(items(form), shippingAddress(form));
        form.finish();
        return draft;
    }

    static Change change(ObjectNode json) {
        FormReader form = FormReader.of(json, "this change", Set.of("status", "reason"));
        OrderStatus status = OrderStatus.of(form.node("status").stringValue(""))
                .orElseGet(() -> form.reject(
                        "status",
                        "must be one of pending, processing, shipped, delivered, cancelled",
                        OrderStatus.CANCELLED));
        Change change = new Change(status, reason(form));
        if (change.reason() != null && status != OrderStatus.CANCELLED) {
            form.reject("reason", "goes with the status cancelled only");
        }
        form.finish();
        return change;
    }

    /** Reads the reason of a cancellation; null if there is none. */
    static @Nullable String cancellation(ObjectNode json) {
        FormReader form = FormReader.of(json, "a cancellation", Set.of("reason"));
        String reason = reason(form);
        form.finish();
        return reason;
    }

    private static List<Line> items(FormReader form) {
        JsonNode node = form.node("items");
        if (!node.isArray() || node.isEmpty()) {
            return form.reject("items", "must be a list of at least one item", List.of());
        }
        if (node.size() > MAX_ITEMS) {
            return form.reject("items", "must have at most %d items".formatted(MAX_ITEMS), List.of());
        }
        List<Line> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(item(form, "items[%d]".formatted(i), node.path(i)));
        }
        return List.copyOf(items);
    }

    private static Line item(FormReader form, String at, JsonNode node) {
        if (!(node instanceof ObjectNode json)) {
            return form.reject(at, "must be an object", UNREADABLE);
        }
        FormReader item = form.nested(at, json, "an item", Set.of("sku", "name", "quantity", "unitPrice"));
        return new Line(
                item.line("sku", MAX_SKU),
                item.wholeNumber("quantity", 1, MAX_QUANTITY),
                item.has("name") ? item.line("name", MAX_NAME) : null,
                item.has("unitPrice") ? item.amount("unitPrice", FREE, MAX_UNIT_PRICE) : null);
    }

    /** Reads a text, or an object of texts, which become the lines of the text in their order. */
    private static String shippingAddress(FormReader form) {
        if (!(form.node("shippingAddress") instanceof ObjectNode fields) || fields.isEmpty()) {
            return form.text("shippingAddress", MAX_ADDRESS);
        }
        if (!fields.valueStream().allMatch(field -> field.isString() || field.isNull())) {
            return form.reject("shippingAddress", "must be a text, or an object of texts", "");
        }
        String lines = fields.valueStream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n"));
        return form.checkedText("shippingAddress", lines, MAX_ADDRESS);
    }

    private static @Nullable String reason(FormReader form) {
        return form.has("reason") ? form.text("reason", MAX_REASON) : null;
    }
}
