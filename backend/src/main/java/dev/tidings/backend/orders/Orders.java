package dev.tidings.backend.orders;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.backend.orders.OrderStatus.Mover;
import dev.tidings.backend.orders.OrderStatus.Transition;
import dev.tidings.backend.products.Catalogue;
import dev.tidings.events.EventType;
import dev.tidings.events.OrderCancelled;
import dev.tidings.events.OrderCreated;
import dev.tidings.events.OrderUpdated;
import dev.tidings.events.Timestamps;
import dev.tidings.messaging.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Creates and changes orders. An empty result means that the caller may not see such an order. Safe for any thread. */
@Service
class Orders {
    private final OrderTable table;
    private final Catalogue catalogue;
    private final OrderSettings properties;
    private final Outbox outbox;
    private final Clock clock;

    Orders(OrderTable table, Catalogue catalogue, OrderSettings properties, Outbox outbox, Clock clock) {
        this.table = table;
        this.catalogue = catalogue;
        this.properties = properties;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * The caller of an operation.
     *
     * @param mover an administrator may see all orders, a buyer only own orders
     */
    record OrderActor(String userId, Mover mover) {
        boolean maySee(Order order) {
            return mover == Mover.ADMIN || order.buyerId().equals(userId);
        }
    }

    /** The result of a change. */
    sealed interface ChangeResult {
        /** @param order current state, changed or not */
        record Changed(Order order) implements ChangeResult {}

        record Conflict(String why) implements ChangeResult {}
    }

    /** Creates an order with the names and prices of the catalogue; throws a 422 if an item of the draft contradicts them. */
    @Transactional
    public Order create(String buyerId, OrderForm.Draft draft) {
        List<OrderItem> items = Pricing.of(
                draft.items(),
                catalogue.find(draft.items().stream()
                        .map(OrderForm.Line::sku)
                        .distinct()
                        .toList()));
        Instant now = now();
        Order order = new Order(
                UuidCreator.getTimeOrderedEpoch(),
                buyerId,
                items,
                Amounts.of(items, properties.taxRate()),
                OrderStatus.PENDING,
                draft.shippingAddress(),
                null,
                1,
                now,
                now);
        table.insert(order);
        announce(EventType.ORDER_CREATED, order, created(order));
        return order;
    }

    public Optional<Order> find(OrderActor caller, UUID id) {
        return table.find(id).filter(caller::maySee);
    }

    /** @param reason reason of a cancellation; null for the default reason */
    @Transactional
    public Optional<ChangeResult> move(OrderActor caller, UUID id, OrderStatus wanted, @Nullable String reason) {
        return table.lock(id).filter(caller::maySee).map(order -> switch (order.status()
                .stepTo(wanted, caller.mover())) {
            case Transition.Permitted() -> new ChangeResult.Changed(moved(order, wanted, reason, caller));
            case Transition.Unchanged() -> new ChangeResult.Changed(order);
            case Transition.Forbidden(String why) -> new ChangeResult.Conflict(why);
        });
    }

    private Order moved(Order before, OrderStatus wanted, @Nullable String reason, OrderActor by) {
        if (wanted == OrderStatus.CANCELLED) {
            String why = reason == null ? defaultReason(by.mover()) : reason;
            Order cancelled = before.cancelled(why, now());
            table.update(cancelled);
            announce(EventType.ORDER_CANCELLED, cancelled, cancelled(before, cancelled, why, by.userId()));
            return cancelled;
        }
        Order after = before.movedTo(wanted, now());
        table.update(after);
        announce(EventType.ORDER_UPDATED, after, updated(before, after, by.userId()));
        return after;
    }

    private static String defaultReason(Mover mover) {
        return switch (mover) {
            case BUYER -> "Cancelled by the buyer";
            case ADMIN -> "Cancelled by the shop";
        };
    }

    private void announce(EventType type, Order order, Record payload) {
        outbox.append(type, order.buyerId(), payload);
    }

    private static OrderCreated created(Order order) {
        return new OrderCreated(
                order.id().toString(),
                order.buyerId(),
                order.items().stream()
                        .map(item -> new OrderCreated.OrderedItem(
                                item.sku(), item.name(), item.quantity(), item.unitPrice()))
                        .toList(),
                order.amounts().subtotal(),
                order.amounts().tax(),
                order.amounts().total(),
                order.status().wireName(),
                order.shippingAddress(),
                order.version(),
                Timestamps.format(order.createdAt()));
    }

    private static OrderUpdated updated(Order before, Order after, String changedBy) {
        return new OrderUpdated(
                after.id().toString(),
                after.buyerId(),
                after.status().wireName(),
                before.status().wireName(),
                after.version(),
                changedBy,
                Timestamps.format(after.updatedAt()),
                after.status().message());
    }

    private static OrderCancelled cancelled(Order before, Order after, String reason, String changedBy) {
        return new OrderCancelled(
                after.id().toString(),
                after.buyerId(),
                after.status().wireName(),
                before.status().wireName(),
                reason,
                after.version(),
                changedBy,
                Timestamps.format(after.updatedAt()));
    }

    /** Truncated to milliseconds, the precision on the wire. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
