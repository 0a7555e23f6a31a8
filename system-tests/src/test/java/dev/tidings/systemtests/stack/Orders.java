package dev.tidings.systemtests.stack;

import dev.tidings.tokens.Role;
import java.math.BigDecimal;
import java.net.URI;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The orders API of the backend. */
public final class Orders {

    /** Three teas and a cup: 20.35, and 2.04 of tax. */
    private static final String TEA = """
            {"items": [{"sku": "TEA", "name": "Green tea", "quantity": 3, "unitPrice": 4.45},
                       {"sku": "CUP", "name": "Cup", "quantity": 1, "unitPrice": 7.00}],
             "shippingAddress": "Ada Lovelace\\n12 St James's Square\\nLondon"}
            """;

    private final URI backend;
    private final Tokens tokens;

    Orders(URI backend, Tokens tokens) {
        this.backend = backend;
        this.tokens = tokens;
    }

    /** The answer to an order of one item, a JSON object. */
    public Http.Answer tryItem(String buyersToken, String item) {
        return Http.call(
                "POST",
                backend.resolve("/api/v1/orders"),
                buyersToken,
                "{\"items\": [%s], \"shippingAddress\": \"London\"}".formatted(item));
    }

    /** The catalogue as anyone sees it, without a token. */
    public JsonNode products() {
        return done(Http.get(backend.resolve("/api/v1/products"))).json().path("items");
    }

    /**
     * Adds a product to the catalogue.
     *
     * @return its name, which no other product has: the given one and its SKU
     */
    public String sell(String name, String unitPrice) {
        String sku = "sku-" + UUID.randomUUID();
        put(sku, name + " " + sku, unitPrice);
        return name + " " + sku;
    }

    /** @param name from {@link #sell} */
    public void reprice(String name, String unitPrice) {
        put(name.substring(name.lastIndexOf(' ') + 1), name, unitPrice);
    }

    private void put(String sku, String name, String unitPrice) {
        ObjectNode product = JsonMapper.shared().createObjectNode();
        product.put("name", name).put("unitPrice", new BigDecimal(unitPrice)).put("active", true);
        done(Http.call(
                "PUT",
                backend.resolve("/api/v1/admin/products/" + sku),
                tokens.of("the-shop", Role.ADMIN),
                product.toString()));
    }

    /**
     * Places an order of 22.39.
     *
     * @return its id
     */
    public String create(String buyersToken) {
        return done(Http.call("POST", backend.resolve("/api/v1/orders"), buyersToken, TEA))
                .json()
                .path("orderId")
                .asString();
    }

    public Http.Answer cancel(String buyersToken, String id, String reason) {
        return Http.call(
                "POST",
                backend.resolve("/api/v1/orders/" + id + "/cancel"),
                buyersToken,
                "{\"reason\": \"%s\"}".formatted(reason));
    }

    public void moveTo(String status, String id, String adminsToken) {
        done(Http.call(
                "PATCH",
                backend.resolve("/api/v1/admin/orders/" + id),
                adminsToken,
                "{\"status\": \"%s\"}".formatted(status)));
    }

    public String statusOf(String id, String buyersToken) {
        return done(Http.get(backend.resolve("/api/v1/orders/" + id), buyersToken))
                .json()
                .path("status")
                .asString();
    }

    private static Http.Answer done(Http.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new AssertionError("answered " + answer);
        }
        return answer;
    }
}
