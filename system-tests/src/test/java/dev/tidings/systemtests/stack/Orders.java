package dev.tidings.systemtests.stack;

import java.net.URI;

/** The orders API of the backend. */
public final class Orders {

    /** Three teas and a cup: 20.35, and 2.04 of tax. */
    private static final String TEA = """
            {"items": [{"sku": "TEA", "name": "Green tea", "quantity": 3, "unitPrice": 4.45},
                       {"sku": "CUP", "name": "Cup", "quantity": 1, "unitPrice": 7.00}],
             "shippingAddress": "Ada Lovelace\\n12 St James's Square\\nLondon"}
            """;

    private final URI backend;

    Orders(URI backend) {
        this.backend = backend;
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
