package dev.tidings.backend.orders;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what is sent about orders, and collects all that is wrong with it. One instance reads one request. */
final class OrderForm {
    static final int MAX_ITEMS = 100;
    static final int MAX_QUANTITY = 999;
    static final BigDecimal MAX_UNIT_PRICE = new BigDecimal("999999.99");
    static final int MAX_SKU = 64;
    static final int MAX_NAME = 200;
    static final int MAX_ADDRESS = 500;
    static final int MAX_REASON = 500;

    private static final Line UNREADABLE = new Line("", 1, null, null);
    /** Characters that no line of text has, and halves of characters, which no database keeps. */
    private static final Pattern UNPRINTABLE_IN_LINE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private static final Pattern UNPRINTABLE_IN_TEXT = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\n\\r\\t]]");

    private final List<FieldError> errors = new ArrayList<>();

    private OrderForm() {}

    /** A new order as its buyer sends it. The amounts are not part of it: the server computes them. */
    record Draft(List<Line> items, String shippingAddress) {}

    /**
     * One item of a new order.
     *
     * @param name that the buyer was shown; null if it was not sent
     * @param unitPrice that the buyer was shown, with two decimals; null if it was not sent
     */
    record Line(
            String sku,
            int quantity,
            @Nullable String name,
            @Nullable BigDecimal unitPrice) {}

    /** What an administrator wants of an order. */
    record Change(OrderStatus status, @Nullable String reason) {}

    static Draft newOrder(ObjectNode json) {
        OrderForm form = new OrderForm();
        form.refuseUnknown(
                json, "", Set.of("items", "shippingAddress"), "a new order; the server computes all amounts");
        Draft draft = new Draft(form.items(json.path("items")), form.shippingAddress(json.path("shippingAddress")));
        form.end();
        return draft;
    }

    static Change change(ObjectNode json) {
        OrderForm form = new OrderForm();
        form.refuseUnknown(json, "", Set.of("status", "reason"), "this change");
        OrderStatus status = form.status(json.path("status"));
        Change change = new Change(status, form.reason(json.path("reason")));
        if (change.reason() != null && status != OrderStatus.CANCELLED) {
            form.refuse("reason", "goes with the status cancelled only");
        }
        form.end();
        return change;
    }

    /** The reason of a cancellation; null where none is given. */
    static @Nullable String cancellation(ObjectNode json) {
        OrderForm form = new OrderForm();
        form.refuseUnknown(json, "", Set.of("reason"), "a cancellation");
        String reason = form.reason(json.path("reason"));
        form.end();
        return reason;
    }

    private List<Line> items(JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            refuse("items", "must be a list of at least one item");
            return List.of();
        }
        if (node.size() > MAX_ITEMS) {
            refuse("items", "must have at most %d items".formatted(MAX_ITEMS));
            return List.of();
        }
        List<Line> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(item("items[%d]".formatted(i), node.path(i)));
        }
        return List.copyOf(items);
    }

    private Line item(String at, JsonNode node) {
        if (!(node instanceof ObjectNode json)) {
            refuse(at, "must be an object");
            return UNREADABLE;
        }
        refuseUnknown(json, at + ".", Set.of("sku", "name", "quantity", "unitPrice"), "an item");
        return new Line(
                line(at + ".sku", json.path("sku"), MAX_SKU),
                quantity(at + ".quantity", json.path("quantity")),
                isAbsent(json.path("name")) ? null : line(at + ".name", json.path("name"), MAX_NAME),
                isAbsent(json.path("unitPrice")) ? null : unitPrice(at + ".unitPrice", json.path("unitPrice")));
    }

    private int quantity(String field, JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToInt()) {
            int quantity = node.intValue();
            if (quantity >= 1 && quantity <= MAX_QUANTITY) {
                return quantity;
            }
        }
        refuse(field, "must be a whole number from 1 to " + MAX_QUANTITY);
        return 1;
    }

    private BigDecimal unitPrice(String field, JsonNode node) {
        // The range first: a number such as 1e999999999 must not be written out.
        if (node.isNumber()) {
            BigDecimal price = node.decimalValue();
            boolean inRange = price.signum() >= 0 && price.compareTo(MAX_UNIT_PRICE) <= 0;
            if (inRange && price.stripTrailingZeros().scale() <= 2) {
                return price.setScale(2);
            }
        }
        refuse(field, "must be a number from 0.00 to %s with at most two decimals".formatted(MAX_UNIT_PRICE));
        return BigDecimal.ZERO;
    }

    /** A text of some lines. A form with a field for each may send an object of texts instead: its lines, in that order. */
    private String shippingAddress(JsonNode node) {
        if (node instanceof ObjectNode fields && !fields.isEmpty()) {
            if (!fields.valueStream().allMatch(field -> field.isString() || field.isNull())) {
                refuse("shippingAddress", "must be a text, or an object of texts");
                return "";
            }
            return checked(
                    "shippingAddress",
                    fields.valueStream()
                            .filter(JsonNode::isString)
                            .map(JsonNode::stringValue)
                            .filter(text -> !text.isBlank())
                            .collect(Collectors.joining("\n")),
                    MAX_ADDRESS,
                    UNPRINTABLE_IN_TEXT);
        }
        return text("shippingAddress", node, MAX_ADDRESS, UNPRINTABLE_IN_TEXT);
    }

    private OrderStatus status(JsonNode node) {
        OrderStatus status =
                node.isString() ? OrderStatus.of(node.stringValue()).orElse(null) : null;
        if (status == null) {
            refuse("status", "must be one of pending, processing, shipped, delivered, cancelled");
            return OrderStatus.PENDING;
        }
        return status;
    }

    private @Nullable String reason(JsonNode node) {
        return isAbsent(node) ? null : text("reason", node, MAX_REASON, UNPRINTABLE_IN_TEXT);
    }

    private String line(String field, JsonNode node, int max) {
        return text(field, node, max, UNPRINTABLE_IN_LINE);
    }

    private String text(String field, JsonNode node, int max, Pattern unprintable) {
        if (isAbsent(node)) {
            refuse(field, "is required");
            return "";
        }
        if (!node.isString()) {
            refuse(field, "must be a text");
            return "";
        }
        return checked(field, node.stringValue(), max, unprintable);
    }

    private String checked(String field, String text, int max, Pattern unprintable) {
        if (text.isBlank()) {
            refuse(field, "must not be blank");
        } else if (text.codePointCount(0, text.length()) > max) {
            refuse(field, "must have at most %d characters".formatted(max));
        } else if (unprintable.matcher(text).find()) {
            refuse(field, "must not contain control characters");
        }
        return text;
    }

    private void refuseUnknown(ObjectNode json, String at, Set<String> known, String whole) {
        json.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> refuse(at + abbreviated(name), "is not a field of " + whole));
    }

    private void refuse(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    private void end() {
        if (!errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String abbreviated(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
}
