package dev.tidings.workers.notification;

import dev.tidings.events.EventType;
import dev.tidings.events.OrderCancelled;
import dev.tidings.workers.runtime.Delivery;
import dev.tidings.workers.runtime.EventHandler;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.HandlerResult;
import org.springframework.stereotype.Component;

/** Tells a buyer that an order was cancelled. */
@Component
@ForWorker("notification-service")
class NotifyOrderCancelled implements EventHandler<OrderCancelled> {
    private final CreateNotification notifications;

    NotifyOrderCancelled(CreateNotification notifications) {
        this.notifications = notifications;
    }

    @Override
    public boolean takes(String type) {
        return type.equals(EventType.ORDER_CANCELLED.wireName());
    }

    @Override
    public Class<OrderCancelled> payload() {
        return OrderCancelled.class;
    }

    @Override
    public HandlerResult handle(Delivery<OrderCancelled> delivery) {
        notifications.add(OrderNotices.of(delivery.payload()));
        return HandlerResult.DONE;
    }
}
