package dev.tidings.workers.runtime;

import dev.tidings.sidecar.DeliveryResult;
import dev.tidings.sidecar.ReceivedEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One event of a batch and its result. Used by one thread at a time. */
final class BatchItem<T> {
    private final @Nullable EventHandler<T> handler;
    private final @Nullable Delivery<T> delivery;
    private @Nullable DeliveryResult result;

    BatchItem(@Nullable EventHandler<T> handler, @Nullable Delivery<T> delivery) {
        this.handler = handler;
        this.delivery = delivery;
    }

    /** Returns an item that no handler processes. */
    static BatchItem<?> settled(DeliveryResult result) {
        BatchItem<?> item = new BatchItem<>(null, null);
        item.settle(result);
        return item;
    }

    @Nullable
    EventHandler<T> handler() {
        return handler;
    }

    Delivery<T> delivery() {
        return Objects.requireNonNull(delivery);
    }

    ReceivedEvent event() {
        return delivery().event();
    }

    void settle(DeliveryResult settled) {
        result = settled;
    }

    boolean isSettled() {
        return result != null;
    }

    DeliveryResult result() {
        return Objects.requireNonNull(result);
    }
}
