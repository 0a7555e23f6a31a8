package dev.tidings.backend.orders;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The status of an order. It only moves forward: pending → processing → shipped → delivered; steps may be skipped. The buyer can cancel
 * a pending order, an administrator any order before delivery.
 */
enum OrderStatus {
    PENDING,
    PROCESSING,
    SHIPPED,
    DELIVERED,
    CANCELLED;

    /** The role that requests a change. */
    enum Mover {
        BUYER,
        ADMIN
    }

    /** The result of a requested change of the status. */
    sealed interface Transition {
        record Permitted() implements Transition {}

        /** The order already has the status. */
        record Unchanged() implements Transition {}

        /** @param why reason, for the caller */
        record Forbidden(String why) implements Transition {}
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<OrderStatus> of(String wireName) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(wireName))
                .findFirst();
    }

    Transition stepTo(OrderStatus wanted, Mover mover) {
        if (wanted == this) {
            return new Transition.Unchanged();
        }
        if (this == DELIVERED || this == CANCELLED) {
            return new Transition.Forbidden("the order is %s, which is final".formatted(wireName()));
        }
        if (mover == Mover.BUYER && (wanted != CANCELLED || this != PENDING)) {
            return new Transition.Forbidden(
                    "the order is %s: only a pending order can be cancelled by its buyer".formatted(wireName()));
        }
        if (wanted.compareTo(this) < 0) {
            return new Transition.Forbidden(
                    "the order is %s and cannot go back to %s".formatted(wireName(), wanted.wireName()));
        }
        return new Transition.Permitted();
    }

    /** Returns the message for the buyer. */
    String message() {
        return switch (this) {
            case PENDING -> "Your order has been received";
            case PROCESSING -> "Your order is being processed";
            case SHIPPED -> "Your order has been shipped";
            case DELIVERED -> "Your order has been delivered";
            case CANCELLED -> "Your order has been cancelled";
        };
    }
}
