package dev.tidings.backend.orders;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where an order stands. It only goes forward: pending → processing → shipped → delivered, and steps may be skipped. Until it
 * is delivered it can be cancelled: by its buyer while it is pending, later by an administrator.
 */
enum OrderStatus {
    PENDING,
    PROCESSING,
    SHIPPED,
    DELIVERED,
    CANCELLED;

    /** Who wants an order to change. */
    enum Mover {
        BUYER,
        ADMIN
    }

    /** What becomes of the wish to change an order's status. */
    sealed interface Transition {
        record Permitted() implements Transition {}

        /** It has that status already. */
        record Unchanged() implements Transition {}

        /** @param why for the one who wished it */
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

    /** Says to the buyer that the order has this status now. */
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
