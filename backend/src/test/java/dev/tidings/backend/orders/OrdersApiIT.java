package dev.tidings.backend.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.tokens.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** R-OR-1 and R-OR-2 over HTTP, on the real database, without a sidecar. */
class OrdersApiIT {
    private static final String ISO_MILLIS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final String TEA = """
            {"items": [{"sku": "TEA", "name": "Green <b>tea</b>", "quantity": 3, "unitPrice": 4.45},
                       {"sku": "CUP", "name": "Cup", "quantity": 1, "unitPrice": 7}],
             "shippingAddress": "Ada\\n<script>alert(1)</script>"}
            """;
    private static RunningBackend backend;

    private final String buyer = "buyer-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        backend = RunningBackend.shared();
        sell("TEA", "Green <b>tea</b>", "4.45");
        sell("CUP", "Cup", "7.00");
    }

    @Test
    void anOrderIsPricedByTheServerAndItsCreationIsAnEvent() {
        Reply created = backend.send(buyer, "POST", "/api/v1/orders", TEA);

        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        String id = text(created, "orderId");
        assertThat(created.header("Location")).isEqualTo("/api/v1/orders/" + id);
        assertThat(created.response().body())
                .contains("\"unitPrice\":7.00", "\"subtotal\":20.35", "\"tax\":2.04", "\"total\":22.39");
        assertThat(text(created, "status")).isEqualTo("pending");
        assertThat(text(created, "shippingAddress")).isEqualTo("Ada\n<script>alert(1)</script>");
        assertThat(text(created, "createdAt")).matches(ISO_MILLIS);
        assertThat(backend.send(buyer, "GET", "/api/v1/orders/" + id, null).json())
                .isEqualTo(created.json());
        assertThat(backend.events(buyer)).singleElement().satisfies(event -> {
            assertThat(event.path("orderId").stringValue()).isEqualTo(id);
            assertThat(event.path("buyerId").stringValue()).isEqualTo(buyer);
            for (String field :
                    List.of("items", "subtotal", "tax", "total", "status", "shippingAddress", "createdAt")) {
                assertThat(event.path(field)).as(field).isEqualTo(created.json().path(field));
            }
            assertThat(event.path("version").intValue()).isOne();
        });
    }

    @Test
    void skuAndQuantityAreEnoughForAnOrder() {
        Reply created = order("{\"sku\": \"TEA\", \"quantity\": 3}, {\"sku\": \"CUP\", \"quantity\": 1}");

        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        assertThat(created.response().body())
                .contains("\"name\":\"Green <b>tea</b>\",\"quantity\":3,\"unitPrice\":4.45", "\"total\":22.39");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"sku": "TEA", "quantity": 1, "unitPrice": 0.00}                        | unitPrice | 4.45
            {"sku": "TEA", "quantity": 1, "unitPrice": 4.44}                        | unitPrice | 4.45
            {"sku": "TEA", "quantity": 1, "unitPrice": 999999.99}                   | unitPrice | 4.45
            {"sku": "TEA", "quantity": 1, "name": "Gold", "unitPrice": 4.45}        | name      | Green <b>tea</b>
            {"sku": "CUP", "quantity": 1, "name": "cup"}                            | name      | Cup
            {"sku": "cup", "quantity": 1, "name": "Cup", "unitPrice": 7}            | sku       | /api/v1/products
            {"sku": "' OR sku = 'CUP", "quantity": 1, "name": "x", "unitPrice": 7}  | sku       | /api/v1/products
            {"sku": "😀", "quantity": 1}                                            | sku       | /api/v1/products
            """)
    void whatContradictsTheCatalogueIsRefusedWithTheValueThatHolds(String item, String field, String holds) {
        Reply refused = order("{\"sku\": \"CUP\", \"quantity\": 1}, " + item);

        assertProblem(refused, 422);
        assertThat(refused.blamed()).containsExactly("items[1]." + field);
        assertThat(text(refused, "detail")).contains(field, holds);
        assertThat(backend.events(buyer)).isEmpty();
    }

    @Test
    void anOrderKeepsItsPricesWhenTheCatalogueChangesAndTheNextOnePaysTheNewOnes() {
        sell("INK", "Ink", "5.00");
        String before = text(order("{\"sku\": \"INK\", \"quantity\": 2}"), "orderId");
        sell("INK", "Blue ink", "6.00");

        assertThat(order("{\"sku\": \"INK\", \"quantity\": 2, \"name\": \"Ink\", \"unitPrice\": 5.00}")
                        .blamed())
                .containsExactly("items[0].name", "items[0].unitPrice");
        assertThat(order("{\"sku\": \"INK\", \"quantity\": 2}").response().body())
                .contains("\"name\":\"Blue ink\"", "\"subtotal\":12.00");
        assertThat(backend.send(buyer, "GET", "/api/v1/orders/" + before, null)
                        .response()
                        .body())
                .contains("\"name\":\"Ink\"", "\"unitPrice\":5.00", "\"subtotal\":10.00");
        move(before, "shipped");
        assertThat(backend.send(buyer, "GET", "/api/v1/orders/" + before, null)
                        .response()
                        .body())
                .contains("\"unitPrice\":5.00", "\"total\":11.00");
    }

    @Test
    void aProductThatIsNotActiveIsNotSold() {
        put("GONE", "Gone", "1.00", false);

        Reply refused = order("{\"sku\": \"GONE\", \"quantity\": 1}");
        assertProblem(refused, 422);
        assertThat(refused.blamed()).containsExactly("items[0].sku");
        put("GONE", "Gone", "1.00", true);
        assertThat(order("{\"sku\": \"GONE\", \"quantity\": 1}").status()).isEqualTo(201);
    }

    /** Prices and names change together, so an order that mixes two versions would show. */
    @Test
    void anOrderAtTheTimeOfAPriceChangeHasTheOldPriceOrTheNewOneAndTheNameThatBelongsToIt() throws Exception {
        sell("RACE", "for 1.00", "1.00");
        try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> changes = both.submit(() -> {
                for (int round = 0; round < 30; round++) {
                    String price = round % 2 == 0 ? "2.00" : "1.00";
                    sell("RACE", "for " + price, price);
                }
            });
            do {
                JsonNode item =
                        order("{\"sku\": \"RACE\", \"quantity\": 1}").json().at("/items/0");
                assertThat(item.path("name").stringValue())
                        .isEqualTo("for %.2f", item.path("unitPrice").doubleValue());
            } while (!changes.isDone());
            changes.get();
        }
    }

    @Test
    void anAdministratorMovesAnOrderForwardAndEachStepIsAnEvent() {
        String id = create();

        assertThat(text(move(id, "processing"), "status")).isEqualTo("processing");
        assertThat(text(move(id, "shipped"), "status")).isEqualTo("shipped");
        assertThat(text(move(id, "shipped"), "status")).isEqualTo("shipped");
        assertThat(text(move(id, "delivered"), "status")).isEqualTo("delivered");

        List<JsonNode> events = backend.events(buyer);
        assertThat(events).hasSize(4);
        assertThat(events.subList(1, 4))
                .extracting(event -> event.path("previousStatus").stringValue() + " → "
                        + event.path("status").stringValue() + ": "
                        + event.path("message").stringValue())
                .containsExactly(
                        "pending → processing: Your order is being processed",
                        "processing → shipped: Your order has been shipped",
                        "shipped → delivered: Your order has been delivered");
        assertThat(events).extracting(event -> event.path("version").intValue()).containsExactly(1, 2, 3, 4);
        assertThat(events.getLast().path("buyerId").stringValue()).isEqualTo(buyer);
        assertThat(events.getLast().path("changedBy").stringValue()).isEqualTo("the-admin");
        assertThat(events.getLast().path("updatedAt").stringValue()).matches(ISO_MILLIS);
    }

    @Test
    void stepsMayBeSkippedAndBackwardsIsAConflict() {
        String id = create();

        assertThat(text(move(id, "shipped"), "status")).isEqualTo("shipped");
        Reply back = move(id, "processing");
        assertProblem(back, 409);
        assertThat(text(back, "detail")).isEqualTo("the order is shipped and cannot go back to processing");
        assertThat(backend.events(buyer)).hasSize(2);
    }

    @Test
    void aBuyerCancelsWhilePendingAndCancellingAgainIsHarmless() {
        String id = create();

        Reply cancelled = cancel(buyer, id, "{\"reason\": \"Ordered by mistake\"}");
        assertThat(text(cancelled, "status")).isEqualTo("cancelled");
        assertThat(text(cancelled, "cancelReason")).isEqualTo("Ordered by mistake");
        assertThat(cancel(buyer, id, null).json()).isEqualTo(cancelled.json());
        assertProblem(move(id, "shipped"), 409);

        assertThat(backend.events(buyer)).hasSize(2);
        JsonNode event = backend.events(buyer).getLast();
        assertThat(event.path("reason").stringValue()).isEqualTo("Ordered by mistake");
        assertThat(event.path("cancelledAt").stringValue()).matches(ISO_MILLIS);
        assertThat(event.path("previousStatus").stringValue()).isEqualTo("pending");
    }

    @Test
    void aShippedOrderIsCancelledByAnAdministratorOnlyAndADeliveredOneByNobody() {
        String id = create();
        move(id, "shipped");

        Reply refused = cancel(buyer, id, null);
        assertProblem(refused, 409);
        assertThat(text(refused, "detail"))
                .isEqualTo("the order is shipped: only a pending order can be cancelled by its buyer");
        Reply cancelled = change(id, "{\"status\": \"cancelled\", \"reason\": \"Lost on the way\"}");
        assertThat(text(cancelled, "cancelReason")).isEqualTo("Lost on the way");

        String delivered = create();
        move(delivered, "delivered");
        assertProblem(move(delivered, "cancelled"), 409);
        assertProblem(cancel(buyer, delivered, null), 409);
    }

    @Test
    void anOrderOfSomebodyElseDoesNotExist() {
        String id = create();

        assertProblem(backend.send("thief", "GET", "/api/v1/orders/" + id, null), 404);
        assertProblem(cancel("thief", id, null), 404);
        assertProblem(cancel(buyer, "no-id", null), 404);
        assertProblem(cancel(buyer, UUID.randomUUID().toString(), null), 404);
        assertThat(backend.send("thief", "GET", "/api/v1/orders", null).json().path("items"))
                .isEmpty();
        assertThat(backend.events(buyer)).hasSize(1);
    }

    @Test
    void theAdministratorsPathsAreClosedToOthers() {
        String id = create();

        for (Role role : List.of(Role.USER, Role.STUDENT, Role.TRAINER, Role.OPERATOR)) {
            assertProblem(backend.send(role, buyer, "GET", "/api/v1/admin/orders", null), 403);
            assertProblem(
                    backend.send(role, buyer, "PATCH", "/api/v1/admin/orders/" + id, "{\"status\": \"delivered\"}"),
                    403);
        }
        assertThat(text(backend.send(buyer, "GET", "/api/v1/orders/" + id, null), "status"))
                .isEqualTo("pending");
    }

    @Test
    void listsShowTheNewestFirstPageByPageAndByStatus() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(create());
        }
        cancel(buyer, ids.get(2), null);

        assertThat(listed(Role.USER, "/api/v1/orders?limit=2")).isEqualTo(ids);
        assertThat(listed(Role.USER, "/api/v1/orders?status=cancelled&limit=2")).containsExactly(ids.get(2));
        assertThat(listed(Role.ADMIN, "/api/v1/admin/orders?limit=2&buyerId=" + buyer))
                .isEqualTo(ids);
        assertThat(listed(Role.ADMIN, "/api/v1/admin/orders?limit=100")).containsAll(ids);
        assertThat(backend.send(buyer, "GET", "/api/v1/orders?status=lost", null)
                        .blamed())
                .containsExactly("status");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"items\": [], \"shippingAddress\": \"a\"}", "not json", ""})
    void whatIsNoOrderIsRefusedAndLeavesNothing(String body) {
        assertProblem(backend.send(buyer, "POST", "/api/v1/orders", body), 400);
        assertThat(backend.events(buyer)).isEmpty();
    }

    @Test
    void anOrderSentTwiceWithOneKeyIsOneOrder() {
        Reply first = backend.send(buyer, "POST", "/api/v1/orders", TEA, "Idempotency-Key", "order-1");
        Reply repeat = backend.send(buyer, "POST", "/api/v1/orders", TEA, "Idempotency-Key", "order-1");

        assertThat(repeat.response().body()).isEqualTo(first.response().body());
        assertThat(repeat.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(backend.events(buyer)).hasSize(1);
    }

    @Test
    void ofAShipmentAndACancellationAtTheSameTimeOneHappens() throws Exception {
        for (int round = 0; round < 10; round++) {
            String id = create();
            int events = backend.events(buyer).size();
            try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Reply> shipped = both.submit(() -> move(id, "shipped"));
                Future<Reply> cancelled = both.submit(() -> cancel(buyer, id, null));

                assertThat(List.of(shipped.get().status(), cancelled.get().status()))
                        .containsExactlyInAnyOrder(200, 409);
            }
            assertThat(backend.events(buyer)).hasSize(events + 1);
        }
    }

    private Reply order(String items) {
        return backend.send(
                buyer, "POST", "/api/v1/orders", "{\"items\": [%s], \"shippingAddress\": \"London\"}".formatted(items));
    }

    private static void sell(String sku, String name, String unitPrice) {
        put(sku, name, unitPrice, true);
    }

    private static void put(String sku, String name, String unitPrice, boolean active) {
        Reply reply = backend.send(
                Role.ADMIN,
                "the-admin",
                "PUT",
                "/api/v1/admin/products/" + sku,
                "{\"name\": \"%s\", \"unitPrice\": %s, \"active\": %s}".formatted(name, unitPrice, active));
        assertThat(reply.status()).as(reply.response().body()).isIn(200, 201);
    }

    private String create() {
        return text(backend.send(buyer, "POST", "/api/v1/orders", TEA), "orderId");
    }

    private Reply move(String id, String status) {
        return change(id, "{\"status\": \"%s\"}".formatted(status));
    }

    private Reply change(String id, String body) {
        return backend.send(Role.ADMIN, "the-admin", "PATCH", "/api/v1/admin/orders/" + id, body);
    }

    private Reply cancel(String user, String id, @Nullable String body) {
        return backend.send(user, "POST", "/api/v1/orders/" + id + "/cancel", body);
    }

    private List<String> listed(Role role, String path) {
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = backend.send(role, buyer, "GET", path + "&cursor=" + next, null)
                    .json();
            page.path("items").forEach(item -> ids.add(item.path("orderId").stringValue()));
            next = page.path("nextCursor").stringValue(null);
        } while (next != null);
        return ids;
    }

    private static String text(Reply reply, String field) {
        assertThat(reply.json().path(field).isString())
                .as("%s in %s", field, reply.response().body())
                .isTrue();
        return reply.json().path(field).stringValue();
    }

    private static void assertProblem(Reply reply, int status) {
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(text(reply, "detail")).isNotBlank();
    }
}
