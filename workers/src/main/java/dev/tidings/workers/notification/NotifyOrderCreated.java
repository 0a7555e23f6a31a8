package dev.tidings.workers.notification;

import dev.tidings.events.EventType;
import dev.tidings.events.OrderCreated;
import dev.tidings.workers.runtime.Delivery;
import dev.tidings.workers.runtime.EventHandler;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.HandlerResult;
import org.springframework.stereotype.Component;

/** Tells a buyer that an order was placed. */
@Component
@ForWorker("notification-service")
class NotifyOrderCreated implements EventHandler<OrderCreated> {
    private final CreateNotification notifications;

    NotifyOrderCreated(CreateNotification notifications) {
        this.notifications = notifications;
    }

    @Override
    public boolean takes(String type) {
        return type.equals(EventType.ORDER_CREATED.wireName());
    }

    @Override
    public Class<OrderCreated> payload() {
        return OrderCreated.class;
    }

    @Override
    public HandlerResult handle(Delivery<OrderCreated> delivery) {
        notifications.add(OrderNotices.of(delivery.payload()));
        return HandlerResult.DONE;
    }
}
