package dev.tidings.workers.notification;

import dev.tidings.events.EventType;
import dev.tidings.events.NotificationCreated;
import dev.tidings.events.OrderCancelled;
import dev.tidings.events.OrderCreated;
import dev.tidings.events.OrderUpdated;
import dev.tidings.workers.runtime.Delivery;
import dev.tidings.workers.runtime.EventHandler;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.HandlerResult;
import java.util.List;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Notifies the buyer of an order about one type of order event. */
record NotifyBuyer<T>(EventType type, Class<T> payload, Function<T, Notice> notice, CreateNotification notifications)
        implements EventHandler<T> {
    @Override
    public boolean takes(String wireName) {
        return wireName.equals(type.wireName());
    }

    @Override
    public HandlerResult handle(List<Delivery<T>> deliveries) {
        List<NotificationCreated> created = notifications.insert(
                deliveries.stream().map(Delivery::payload).map(notice).toList());
        for (int i = 0; i < created.size(); i++) {
            NotificationCreated event = created.get(i);
            deliveries.get(i).traced(() -> notifications.announce(event));
        }
        return HandlerResult.DONE;
    }

    @Configuration(proxyBeanMethods = false)
    @ForWorker("notification-service")
    static class Handlers {
        @Bean
        NotifyBuyer<OrderCreated> orderCreated(CreateNotification notifications) {
            return new NotifyBuyer<>(EventType.ORDER_CREATED, OrderCreated.class, OrderNotices::of, notifications);
        }

        @Bean
        NotifyBuyer<OrderUpdated> orderUpdated(CreateNotification notifications) {
            return new NotifyBuyer<>(EventType.ORDER_UPDATED, OrderUpdated.class, OrderNotices::of, notifications);
        }

        @Bean
        NotifyBuyer<OrderCancelled> orderCancelled(CreateNotification notifications) {
            return new NotifyBuyer<>(EventType.ORDER_CANCELLED, OrderCancelled.class, OrderNotices::of, notifications);
        }
    }
}
