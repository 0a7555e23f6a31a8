package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-OR-1, R-OR-2, R-WS-10, R-WS-13: an order and its changes are on the screens of those they concern. */
@OnRunningStack
class OrdersReachTheirBuyerAndTheAdministratorsIT {

    private final Stack stack;
    private final String buyer = Users.named("buyer");
    private final String bystander = Users.named("bystander");
    private final String buyersToken;
    private final String adminsToken;

    OrdersReachTheirBuyerAndTheAdministratorsIT(Stack stack) {
        this.stack = stack;
        this.buyersToken = stack.tokens().of(buyer);
        this.adminsToken = stack.tokens().of(Users.named("admin"), Role.ADMIN);
    }

    @Test
    void createdUpdatedAndCancelledOrdersAreToldToBothAndToNobodyElse() {
        try (SocketClient phone = stack.replica(1).connect(buyersToken);
                SocketClient laptop = stack.replica(2).connect(buyersToken);
                SocketClient admin = stack.replica(2).connect(adminsToken);
                SocketClient other = stack.replica(1).connect(stack.tokens().of(bystander))) {
            String shipped = stack.orders().create(buyersToken);
            String cancelled = stack.orders().create(buyersToken);
            stack.orders().moveTo("processing", shipped, adminsToken);
            stack.orders().moveTo("shipped", shipped, adminsToken);
            assertThat(stack.orders().cancel(buyersToken, shipped, "too late").status())
                    .isEqualTo(409);
            assertThat(stack.orders()
                            .cancel(buyersToken, cancelled, "Ordered by mistake")
                            .status())
                    .isEqualTo(200);

            for (SocketClient socket : List.of(phone, laptop, admin)) {
                socket.ledger().awaitMessage("the cancellation", message -> is("order:cancelled", cancelled, message));
                socket.ledger()
                        .awaitMessage(
                                "the shipment",
                                message -> is("order:updated", shipped, message)
                                        && message.event().path("version").asInt() == 3);
                assertThat(received(socket, shipped))
                        .containsExactlyInAnyOrder("order:created 1", "order:updated 2", "order:updated 3");
                assertThat(received(socket, cancelled))
                        .containsExactlyInAnyOrder("order:created 1", "order:cancelled 2");
                socket.ledger().assertEachOnce();
            }
            stack.tasks().create(stack.tokens().of(bystander), "fence");
            other.ledger().awaitTitle("fence");
            assertThat(other.ledger().events()).hasSize(1);
            assertPayloads(phone, shipped, cancelled);
        }
    }

    @Test
    void theCatalogueSetsThePricesOfOrdersAndChangesThemForLaterOnesOnly() {
        assertThat(stack.orders()
                        .products()
                        .valueStream()
                        .filter(product -> product.path("active").asBoolean())
                        .map(product -> product.path("sku").asString()))
                .contains("TEA", "CUP", "BOOK-1", "PEN-7", "LAMP-3");
        String lens = stack.orders().sell("Lens", "19.90");
        String sku = lens.substring(lens.lastIndexOf(' ') + 1);

        assertThat(stack.orders()
                        .tryItem(buyersToken, "{\"sku\": \"%s\", \"quantity\": 1, \"unitPrice\": 0.00}".formatted(sku))
                        .json()
                        .path("detail")
                        .asString())
                .isEqualTo("'items[0].unitPrice' must be 19.90, the price in the catalogue, or be left out");
        Http.Answer before = stack.orders().tryItem(buyersToken, "{\"sku\": \"%s\", \"quantity\": 1}".formatted(sku));
        assertThat(before.status()).as(before.toString()).isEqualTo(201);
        stack.orders().reprice(lens, "25.00");
        Http.Answer after = stack.orders().tryItem(buyersToken, "{\"sku\": \"%s\", \"quantity\": 1}".formatted(sku));

        assertThat(before.body()).contains("\"unitPrice\":19.90", "\"total\":21.89");
        assertThat(after.body()).contains("\"unitPrice\":25.00", "\"total\":27.50");
        Http.Answer kept = Http.get(
                stack.backend()
                        .resolve("/api/v1/orders/"
                                + before.json().path("orderId").asString()),
                buyersToken);
        assertThat(kept.json()).isEqualTo(before.json());
        assertThat(stack.orders()
                        .tryItem(buyersToken, "{\"sku\": \"QUILL-0\", \"quantity\": 1}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void anAdministratorWhoOrdersIsToldOnce() {
        try (SocketClient socket = stack.replica(1).connect(adminsToken)) {
            String order = stack.orders().create(adminsToken);

            socket.ledger().awaitMessage("the order", message -> is("order:created", order, message));
            stack.orders().moveTo("delivered", order, adminsToken);
            socket.ledger().awaitMessage("its delivery", message -> is("order:updated", order, message));
            assertThat(received(socket, order)).containsExactly("order:created 1", "order:updated 2");
        }
    }

    @Test
    void theLogTellsWhatBecameOfAnOrder() {
        try (SocketClient socket = stack.replica(1).connect(buyersToken)) {
            String order = stack.orders().create(buyersToken);
            stack.orders().moveTo("shipped", order, adminsToken);
            socket.ledger().awaitMessage("the shipment", message -> is("order:updated", order, message));

            await("the lines of the log")
                    .until(() -> stack.logs()
                                    .contains("Order updated event received - OrderID: %s, Status: shipped"
                                            .formatted(order))
                            && stack.logs().contains("Order update notification sent to user " + buyer));
        }
    }

    private static void assertPayloads(SocketClient socket, String shipped, String cancelled) {
        JsonNode created = payload(socket, "order:created", shipped);
        assertThat(created.path("items").size()).isEqualTo(2);
        assertThat(created.path("subtotal").asDouble()).isEqualTo(20.35);
        assertThat(created.path("tax").asDouble()).isEqualTo(2.04);
        assertThat(created.path("total").asDouble()).isEqualTo(22.39);
        assertThat(created.path("status").asString()).isEqualTo("pending");
        assertThat(created.path("shippingAddress").asString()).startsWith("Ada Lovelace\n");
        JsonNode updated = payload(socket, "order:updated", shipped);
        assertThat(updated.path("previousStatus").asString()).isEqualTo("pending");
        assertThat(updated.path("message").asString()).isEqualTo("Your order is being processed");
        assertThat(payload(socket, "order:cancelled", cancelled).path("reason").asString())
                .isEqualTo("Ordered by mistake");
    }

    private static JsonNode payload(SocketClient socket, String type, String order) {
        return socket.ledger()
                .awaitMessage(type, message -> is(type, order, message))
                .event();
    }

    private static List<String> received(SocketClient socket, String order) {
        return socket.ledger().events().stream()
                .filter(message -> message.event().path("orderId").asString("").equals(order))
                .map(message ->
                        message.type() + " " + message.event().path("version").asInt())
                .toList();
    }

    private static boolean is(String type, String order, Message message) {
        return message.type().equals(type)
                && message.event().path("orderId").asString("").equals(order);
    }
}
