package dev.tidings.backend.orders;

import dev.tidings.backend.idempotency.IdempotentWrites;
import dev.tidings.backend.identity.Access;
import dev.tidings.backend.lists.ListPage;
import dev.tidings.backend.lists.ListRequest;
import dev.tidings.backend.orders.OrderStatus.Mover;
import dev.tidings.backend.orders.Orders.OrderActor;
import dev.tidings.backend.requests.JsonBody;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.events.UserId;
import dev.tidings.tokens.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves all orders to administrators. */
@RestController
@RequestMapping("/api/v1/admin/orders")
class AdminOrderController {
    private final Orders orders;
    private final OrderTable table;
    private final IdempotentWrites writes;

    AdminOrderController(Orders orders, OrderTable table, IdempotentWrites writes) {
        this.orders = orders;
        this.table = table;
        this.writes = writes;
    }

    @GetMapping
    ListPage<OrderView> list(
            Identity caller,
            ListRequest request,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String buyerId) {
        Access.requireAdmin(caller);
        String complaint = buyerId == null ? "" : UserId.complaint(buyerId);
        if (!complaint.isEmpty()) {
            throw Problems.invalid(List.of(new FieldError("buyerId", complaint)));
        }
        return request.page(
                table.page(buyerId, OrderController.filter(status), request.before(), request.rows()),
                Order::id,
                OrderView::of);
    }

    @GetMapping("/{id}")
    OrderView read(Identity caller, @PathVariable String id) {
        Access.requireAdmin(caller);
        return OrderView.of(OrderController.existing(id, orders.find(admin(caller), OrderController.orderId(id))));
    }

    /** Changes the status of an order, or cancels it. */
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, "application/merge-patch+json"})
    ResponseEntity<String> change(Identity caller, HttpServletRequest request, @PathVariable String id, JsonBody body) {
        Access.requireAdmin(caller);
        UUID orderId = OrderController.orderId(id);
        OrderForm.Change change = OrderForm.change(body.json());
        return writes.run(
                caller,
                request,
                body.bytes(),
                () -> OrderController.answer(OrderController.existing(
                        id, orders.move(admin(caller), orderId, change.status(), change.reason()))));
    }

    private static OrderActor admin(Identity caller) {
        return new OrderActor(caller.userId(), Mover.ADMIN);
    }
}
