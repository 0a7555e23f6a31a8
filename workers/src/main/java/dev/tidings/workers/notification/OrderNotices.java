package dev.tidings.workers.notification;

import dev.tidings.events.OrderCancelled;
import dev.tidings.events.OrderCreated;
import dev.tidings.events.OrderUpdated;
import java.util.Locale;

/** Contents of notifications about orders. Pure functions. */
final class OrderNotices {
    private static final String TYPE = "order";
    private static final int SHOWN_OF_ID = 8;

    private OrderNotices() {}

    static Notice of(OrderCreated event) {
        return notice(event.buyerId(), event.orderId(), false, "Your order has been received");
    }

    static Notice of(OrderUpdated event) {
        return notice(event.buyerId(), event.orderId(), false, event.message());
    }

    /** Urgent, because the buyer waits for the order. */
    static Notice of(OrderCancelled event) {
        return notice(event.buyerId(), event.orderId(), true, "Your order has been cancelled: " + event.reason());
    }

    private static Notice notice(String buyerId, String orderId, boolean isUrgent, String message) {
        String number = orderId.substring(Math.max(0, orderId.length() - SHOWN_OF_ID));
        return new Notice(buyerId, TYPE, isUrgent, "Order #" + number.toUpperCase(Locale.ROOT), message, orderId);
    }
}
