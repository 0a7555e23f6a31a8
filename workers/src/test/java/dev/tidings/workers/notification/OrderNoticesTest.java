package dev.tidings.workers.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.events.OrderCancelled;
import dev.tidings.events.OrderCreated;
import dev.tidings.events.OrderUpdated;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R-OR-4: the notifications of a buyer. */
class OrderNoticesTest {
    private static final String ID = "019a0f5c-2b7e-7cc0-9f6e-0d9a6f1c2b3a";
    private static final String NOW = "2026-02-07T12:00:00.000Z";

    @Test
    void aChangeIsToldInTheWordsOfItsEvent() {
        assertThat(OrderNotices.of(new OrderUpdated(
                        ID, "ann", "shipped", "pending", 2, "admin", NOW, "Your order has been shipped")))
                .isEqualTo(new Notice("ann", "order", false, "Order #6F1C2B3A", "Your order has been shipped", ID));
    }

    @Test
    void aCancellationIsUrgentAndSaysWhy() {
        Notice notice =
                OrderNotices.of(new OrderCancelled(ID, "ann", "cancelled", "pending", "Sold out", 2, "admin", NOW));

        assertThat(notice.priority()).isEqualTo("high");
        assertThat(notice.message()).isEqualTo("Your order has been cancelled: Sold out");
    }

    @Test
    void aNewOrderIsAcknowledged() {
        Notice notice = OrderNotices.of(new OrderCreated(
                ID, "ann", List.of(), BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ONE, "pending", "here", 1, NOW));

        assertThat(notice.priority()).isEqualTo("normal");
        assertThat(notice.message()).isEqualTo("Your order has been received");
    }

    @Test
    void aShortIdIsShownWhole() {
        assertThat(OrderNotices.of(new OrderUpdated("a-1", "ann", "shipped", "pending", 2, "x", NOW, "m"))
                        .title())
                .isEqualTo("Order #A-1");
    }
}
