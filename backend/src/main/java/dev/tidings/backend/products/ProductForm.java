package dev.tidings.backend.products;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a product that an administrator sends, and collects all mistakes in it. One instance reads one request. */
final class ProductForm {
    static final BigDecimal MIN_UNIT_PRICE = new BigDecimal("0.01");
    static final BigDecimal MAX_UNIT_PRICE = new BigDecimal("999999.99");
    static final int MAX_NAME = 200;

    private static final Pattern SKU = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Set<String> KNOWN = Set.of("name", "unitPrice", "active");
    /** Control characters, and single surrogates, which PostgreSQL cannot store. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private static final int MAX_SHOWN = 64;

    private final List<FieldError> errors = new ArrayList<>();

    private ProductForm() {}

    /** @param sku from the path */
    static Product read(String sku, ObjectNode json) {
        ProductForm form = new ProductForm();
        form.checkSku(sku);
        form.refuseUnknown(json);
        Product product = new Product(
                sku,
                form.name(json.path("name")),
                form.unitPrice(json.path("unitPrice")),
                form.active(json.path("active")));
        if (!form.errors.isEmpty()) {
            throw Problems.invalid(form.errors);
        }
        return product;
    }

    private void checkSku(String sku) {
        if (!SKU.matcher(sku).matches()) {
            refuse(
                    "sku",
                    "must have 1 to 64 characters: letters, digits, '.', '_' and '-', with a letter or digit at the start");
        }
    }

    private void refuseUnknown(ObjectNode json) {
        json.propertyNames().stream()
                .filter(name -> !KNOWN.contains(name))
                .forEach(name -> refuse(
                        name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…",
                        "is not a field of a product"));
    }

    private String name(JsonNode node) {
        if (!node.isString()) {
            return refuse("name", node.isMissingNode() || node.isNull() ? "is required" : "must be a text", "");
        }
        String name = node.stringValue();
        if (name.isBlank()) {
            return refuse("name", "must not be blank", "");
        }
        if (name.codePointCount(0, name.length()) > MAX_NAME) {
            return refuse("name", "must have at most %d characters".formatted(MAX_NAME), "");
        }
        if (UNPRINTABLE.matcher(name).find()) {
            return refuse("name", "must not contain control characters", "");
        }
        return name;
    }

    private BigDecimal unitPrice(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return refuse("unitPrice", "is required", BigDecimal.ZERO);
        }
        // The range is checked first: a number such as 1e999999999 must not be written out.
        if (node.isNumber()) {
            BigDecimal price = node.decimalValue();
            boolean inRange = price.compareTo(MIN_UNIT_PRICE) >= 0 && price.compareTo(MAX_UNIT_PRICE) <= 0;
            if (inRange && price.stripTrailingZeros().scale() <= 2) {
                return price.setScale(2);
            }
        }
        return refuse(
                "unitPrice",
                "must be a number from %s to %s with at most two decimals".formatted(MIN_UNIT_PRICE, MAX_UNIT_PRICE),
                BigDecimal.ZERO);
    }

    private boolean active(JsonNode node) {
        if (!node.isBoolean()) {
            return refuse(
                    "active", node.isMissingNode() || node.isNull() ? "is required" : "must be true or false", false);
        }
        return node.booleanValue();
    }

    private void refuse(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** @return {@code placeholder}, so that reading goes on and further mistakes are found */
    private <T> T refuse(String field, String message, T placeholder) {
        refuse(field, message);
        return placeholder;
    }
}
