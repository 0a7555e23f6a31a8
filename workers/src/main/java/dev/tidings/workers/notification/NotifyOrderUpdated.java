package dev.tidings.workers.notification;

import dev.tidings.events.EventType;
import dev.tidings.events.OrderUpdated;
import dev.tidings.workers.runtime.Delivery;
import dev.tidings.workers.runtime.EventHandler;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.HandlerResult;
import org.springframework.stereotype.Component;

/** Tells a buyer that an order went on. */
@Component
@ForWorker("notification-service")
class NotifyOrderUpdated implements EventHandler<OrderUpdated> {
    private final CreateNotification notifications;

    NotifyOrderUpdated(CreateNotification notifications) {
        this.notifications = notifications;
    }

    @Override
    public boolean takes(String type) {
        return type.equals(EventType.ORDER_UPDATED.wireName());
    }

    @Override
    public Class<OrderUpdated> payload() {
        return OrderUpdated.class;
    }

    @Override
    public HandlerResult handle(Delivery<OrderUpdated> delivery) {
        notifications.add(OrderNotices.of(delivery.payload()));
        return HandlerResult.DONE;
    }
}
