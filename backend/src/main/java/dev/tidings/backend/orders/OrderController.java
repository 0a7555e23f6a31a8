package dev.tidings.backend.orders;

import dev.tidings.backend.idempotency.IdempotentWrites;
import dev.tidings.backend.idempotency.WriteResult;
import dev.tidings.backend.lists.ListPage;
import dev.tidings.backend.lists.ListRequest;
import dev.tidings.backend.orders.OrderStatus.Mover;
import dev.tidings.backend.orders.Orders.ChangeResult;
import dev.tidings.backend.orders.Orders.OrderActor;
import dev.tidings.backend.requests.JsonBody;
import dev.tidings.backend.requests.PathId;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.tokens.Identity;
import dev.tidings.tokens.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the orders of the caller. */
@RestController
@RequestMapping("/api/v1/orders")
class OrderController {
    private static final byte[] NO_BODY = {};

    private final Orders orders;
    private final OrderTable table;
    private final IdempotentWrites writes;

    OrderController(Orders orders, OrderTable table, IdempotentWrites writes) {
        this.orders = orders;
        this.table = table;
        this.writes = writes;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> create(Identity caller, HttpServletRequest request, JsonBody body) {
        OrderForm.Draft draft = OrderForm.newOrder(body.json());
        return writes.run(caller, request, body.bytes(), () -> {
            Order order = orders.create(caller.userId(), draft);
            return WriteResult.created(URI.create("/api/v1/orders/" + order.id()), OrderView.of(order));
        });
    }

    @GetMapping
    ListPage<OrderView> list(
            Identity caller, ListRequest request, @RequestParam(required = false) @Nullable String status) {
        return request.page(
                table.page(caller.userId(), filter(status), request.before(), request.rows()),
                Order::id,
                OrderView::of);
    }

    @GetMapping("/{id}")
    OrderView read(Identity caller, @PathVariable String id) {
        return OrderView.of(existing(id, orders.find(caller(caller), orderId(id))));
    }

    /** The body with the reason is optional. */
    @PostMapping("/{id}/cancel")
    ResponseEntity<String> cancel(
            Identity caller, HttpServletRequest request, @PathVariable String id, @Nullable JsonBody body) {
        UUID orderId = orderId(id);
        String reason = body == null ? null : OrderForm.cancellation(body.json());
        return writes.run(
                caller,
                request,
                body == null ? NO_BODY : body.bytes(),
                () -> answer(existing(id, orders.move(caller(caller), orderId, OrderStatus.CANCELLED, reason))));
    }

    static WriteResult answer(ChangeResult outcome) {
        return switch (outcome) {
            case ChangeResult.Changed(Order order) -> WriteResult.ok(OrderView.of(order));
            case ChangeResult.Conflict(String why) -> throw Problems.refused(HttpStatus.CONFLICT, why);
        };
    }

    /** Returns null for all statuses. */
    static @Nullable OrderStatus filter(@Nullable String status) {
        return status == null || status.isEmpty()
                ? null
                : OrderStatus.of(status)
                        .orElseThrow(() -> Problems.invalid(List.of(new FieldError(
                                "status", "must be one of pending, processing, shipped, delivered, cancelled"))));
    }

    static <T> T existing(String id, Optional<T> found) {
        return found.orElseThrow(() -> noSuchOrder(id));
    }

    /** A malformed id is answered like an unknown one: 404. */
    static UUID orderId(String id) {
        return PathId.of(id).orElseThrow(() -> noSuchOrder(id));
    }

    private static RuntimeException noSuchOrder(String id) {
        return Problems.notFound("there is no order %s that you may see".formatted(PathId.shown(id)));
    }

    private static OrderActor caller(Identity caller) {
        return new OrderActor(caller.userId(), caller.role() == Role.ADMIN ? Mover.ADMIN : Mover.BUYER);
    }
}
